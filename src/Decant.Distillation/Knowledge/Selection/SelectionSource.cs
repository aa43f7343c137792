using Decant.Models;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>What tokens and neurons are chosen from: what the teacher said of a batch.</summary>
/// <param name="Output">With everything that the request's <see cref="HiddenStateRequest.ToOutputRequest"/> names.</param>
/// <param name="Tokens">The batch.</param>
/// <param name="SeparatorId">Id of [SEP]; needed by <c>attentionNoSep</c> alone.</param>
public sealed record SelectionSource(ModelOutput Output, TokenBatch Tokens, int? SeparatorId)
{
    /// <summary>How many positions a selection of <paramref name="count"/> tokens has in this batch.</summary>
    internal int Width(int count) => Math.Min(count, Tokens.Length);
}
