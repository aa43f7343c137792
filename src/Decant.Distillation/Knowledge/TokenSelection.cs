using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Recipes;
using Decant.Models;

namespace Decant.Distillation.Knowledge;

/// <summary>Which tokens of a hidden state are wanted: the cut in length. A value: two equal selections are one.</summary>
/// <remarks>
/// Teacher and student are compared at the same positions. A selection of K tokens takes all tokens of a shorter text; padding is never
/// taken while real tokens remain.
/// <list type="table">
/// <item><term><c>all</c></term><description>every token</description></item>
/// <item><term><c>cls</c></term><description>the first</description></item>
/// <item><term><c>leftFirst 10</c></term><description>the first 10</description></item>
/// <item><term><c>rightFirst 10</c></term><description>the last 10 real ones</description></item>
/// <item><term><c>attention 10</c></term><description>the 10 to which [CLS] of the teacher attends most, mean over heads</description></item>
/// <item><term><c>attentionNoSep 10</c></term><description>the same, but [SEP] only where nothing else is left</description></item>
/// </list>
/// Attention is read before the softmax from the layer that made the hidden state; <c>by probabilities</c> and <c>of layer 12</c>, written
/// <c>attention 10 by probabilities of layer 12</c>, choose otherwise.
/// </remarks>
public abstract record TokenSelection : IRecipeText<TokenSelection>
{
    private protected TokenSelection() { }

    /// <summary>All tokens.</summary>
    public static TokenSelection All { get; } = new AllTokens();

    /// <summary>The first token alone.</summary>
    public static TokenSelection Cls { get; } = new ClsToken();

    /// <summary>The first tokens.</summary>
    /// <param name="count">1 or more.</param>
    public static TokenSelection LeftFirst(int count) => new LeftFirstTokens(count);

    /// <summary>The last real tokens. (The unreachable branch of the released code takes the last positions, padding included.)</summary>
    /// <param name="count">1 or more.</param>
    public static TokenSelection RightFirst(int count) => new RightFirstTokens(count);

    /// <summary>The tokens to which the teacher's [CLS] attends most.</summary>
    /// <param name="count">1 or more.</param>
    /// <param name="withoutSeparators">Rank [SEP] behind all other real tokens.</param>
    /// <param name="by">What is averaged over the heads.</param>
    /// <param name="layer">The layer, from 1, whose attention ranks them; null for the one that made the hidden state.</param>
    public static TokenSelection Attention(int count, bool withoutSeparators = false, AttentionRank by = AttentionRank.Scores, int? layer = null) =>
        new AttentionTokens(count, withoutSeparators, by, layer);

    /// <summary>The most tokens that are taken of a text; null for all.</summary>
    public abstract int? Count { get; }

    /// <summary>What the teacher has to hand out besides the hidden state, so that tokens can be chosen.</summary>
    public virtual OutputRequest Observes => OutputRequest.Nothing;

    /// <summary>This selection for one hidden state: attention that names no layer becomes that of the layer that made it.</summary>
    /// <param name="layer">The hidden state: 0 is the embedding output.</param>
    public virtual TokenSelection At(int layer) => this;

    /// <summary>This selection, ranked by the attention of a layer; itself where nothing is ranked or the layer is named already.</summary>
    /// <param name="layer">From 1.</param>
    public virtual TokenSelection RankedBy(int layer) => this;

    /// <summary>This selection with another number of tokens; itself where it has none.</summary>
    /// <param name="count">1 or more.</param>
    public virtual TokenSelection WithCount(int count) => this;

    /// <summary>
    /// The positions that are taken, rising, [sequences × width]; null for all in order. Width is the smaller of <see cref="Count"/> and the
    /// padded length; a text of fewer tokens is filled up with the padding that follows it, so that real tokens come first.
    /// </summary>
    /// <param name="source">The teacher's outputs and the batch.</param>
    internal abstract int[]? Positions(SelectionSource source);

    /// <summary>
    /// <see cref="Positions"/>, and the rank of each of them in the order of choice: of w tokens 0 for the first choice, w − 1 for the last.
    /// The first K in rank are what the same selection of K tokens takes. Ranks are null where the text's length alone decides.
    /// </summary>
    /// <param name="source">The teacher's outputs and the batch.</param>
    internal virtual (int[]? Positions, int[]? Ranks) Choose(SelectionSource source) => (Positions(source), null);

    /// <summary>The selection in words.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public static TokenSelection Parse(string text) => SelectionText.ParseTokens(text);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public abstract override string ToString();

    private protected static int AtLeastOne(int count) => count >= 1
        ? count
        : throw new DecantException($"must select 1 token or more, but selects {count}.");
}

/// <summary>What ranks tokens by attention.</summary>
public enum AttentionRank
{
    /// <summary>Before the softmax (the released code). The mean over heads is taken before the softmax too, so the order is not that of the probabilities.</summary>
    Scores,
    /// <summary>After the softmax.</summary>
    Probabilities,
}
