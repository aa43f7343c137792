using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Cuts a request's part out of a teacher's plain outputs: for the running teacher and for whoever writes its knowledge down.</summary>
public static class HiddenStateSelector
{
    /// <summary>Cuts the part out. The innermost tensor scope owns it.</summary>
    /// <param name="request">Which part.</param>
    /// <param name="source">The teacher's outputs.</param>
    public static SelectedHiddenState Select(HiddenStateRequest request, SelectionSource source)
    {
        if (request.Tokens == TokenSelection.Cls) return Cut(request, source.Output.ClsStates[request.Layer].Unsqueeze(1), [.. new int[source.Tokens.Sequences]], null);
        (int[]? positions, int[]? ranks) = request.Tokens.Choose(source);
        int width = positions is null ? source.Tokens.Length : positions.Length / source.Tokens.Sequences;
        int[]? counts = request.WithPadding ? null : Counts(source.Tokens, width);
        return Cut(request, SelectedHiddenState.TakeTokens(source.Output.HiddenStates[request.Layer], positions), positions, counts, ranks);
    }

    /// <summary>How many of the selected tokens of each sequence are real; null when all are.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="width">Tokens that are selected of each.</param>
    internal static int[]? Counts(TokenBatch batch, int width) => Array.TrueForAll(batch.Lengths, length => length >= width)
        ? null
        : Array.ConvertAll(batch.Lengths, length => Math.Min(length, width));

    /// <summary>Chooses neurons of tokens that are selected already.</summary>
    /// <param name="request">Which.</param>
    /// <param name="values">[sequences, width, hidden]</param>
    /// <param name="positions">Where they stand.</param>
    /// <param name="counts">How many of them count.</param>
    /// <param name="ranks">In what order they were chosen.</param>
    internal static SelectedHiddenState Cut(HiddenStateRequest request, Tensor values, int[]? positions, int[]? counts, int[]? ranks = null)
    {
        Tensor? kept = request.Neurons.Mask(values, counts);
        if (counts is not null) values = values.MaskedFill(SelectedHiddenState.Beyond(counts, values.Size(1), values.Device).Unsqueeze(2), 0);
        return new SelectedHiddenState
        {
            Values = kept is null ? values : values * kept.To(values.DType),
            Positions = positions,
            Ranks = ranks,
            Counts = counts,
            KeptNeurons = kept,
        };
    }
}
