using Decant.Distillation.Knowledge.Selection;
using Decant.Models;

namespace Decant.Distillation.Knowledge;

/// <summary>
/// A part of the teacher's hidden-state knowledge, cut in depth, length and width (Marginal Utility Diminishes): one layer × some tokens × some neurons.
/// A value: two requests for the same part are equal, and <see cref="ToString"/> gives a text that <see cref="Parse"/> reads back.
/// </summary>
public sealed record HiddenStateRequest
{
    /// <summary>Asks for a part of a layer.</summary>
    /// <param name="layer">0 is the embedding output, l the output of transformer layer l.</param>
    /// <param name="tokens">Which tokens. Attention that names no layer is that of the layer that made this hidden state.</param>
    /// <param name="neurons">Which neurons; all by default.</param>
    /// <param name="withPadding">Whether padding counts as tokens (the released code of TinyBERT and Marginal Utility). Default: no.</param>
    public HiddenStateRequest(int layer, TokenSelection tokens, NeuronSelection? neurons = null, bool withPadding = false)
    {
        (Layer, Tokens, Neurons) = (layer, tokens.At(layer), neurons ?? NeuronSelection.All);
        // The first token is never padding, so that asking for padding changes nothing.
        WithPadding = withPadding && Tokens != TokenSelection.Cls;
    }

    /// <summary>0 is the embedding output, l the output of transformer layer l.</summary>
    public int Layer { get; }

    /// <summary>Which tokens of that layer.</summary>
    public TokenSelection Tokens { get; }

    /// <summary>Which neurons of those tokens.</summary>
    public NeuronSelection Neurons { get; }

    /// <summary>Whether padding counts as tokens: it fills what is missing where a text has fewer tokens than are asked for.</summary>
    public bool WithPadding { get; }

    /// <summary>
    /// Why this part cannot be written down once and used for any batch, in words that go on from "because …"; null when it can.
    /// What is chosen must depend on the example alone, not on the other examples of its batch or on the length that the batch is padded to.
    /// </summary>
    public string? WhyOnlineOnly =>
        !Neurons.IsPerExample ? $"neurons are ranked over the whole batch ('{Neurons}'); rank them per sample or per token"
        : WithPadding ? "padding is asked for, which differs from batch to batch; leave it out (maskPadding: true)"
        : null;

    /// <summary>How many values of a text this request keeps.</summary>
    /// <param name="tokens">Tokens of the text.</param>
    /// <param name="hidden">Width of the teacher.</param>
    public long ValuesPerText(int tokens, int hidden) => Neurons.ValuesOf(Math.Min(tokens, Tokens.Count ?? tokens), hidden);

    /// <summary>What a running model has to hand out to answer this request.</summary>
    public OutputRequest ToOutputRequest()
    {
        OutputRequest state = OutputRequest.Nothing;
        state = Tokens == TokenSelection.Cls ? state with { ClsStates = [Layer] } : state with { HiddenStates = [Layer] };
        return state + Tokens.Observes;
    }

    /// <inheritdoc/>
    public override string ToString() => SelectionText.Write(this);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text"><c>layer 8, tokens attentionNoSep 10 by scores of layer 12, neurons magnitude 0.1 sample</c></param>
    /// <exception cref="DecantException">The text is no such request.</exception>
    public static HiddenStateRequest Parse(string text) => SelectionText.ParseRequest(text);
}
