using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>BERT with the masked-language-model head (<c>BertForMaskedLM</c>); the decoder is the word table.</summary>
public sealed class BertMaskedLm : Module, IModel
{
    private readonly MaskedLmHead head;

    /// <summary>Makes a model with new weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    public BertMaskedLm(BertConfig config, Initializer init)
    {
        Encoder = AddChild("bert", new BertEncoder(config, init, withPooler: false));
        head = AddChild(MaskedLmHead.Name, new MaskedLmHead(config, init));
    }

    /// <summary>The encoder.</summary>
    public BertEncoder Encoder { get; }

    /// <inheritdoc/>
    public int Layers => Encoder.Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Encoder.Config.HiddenSize;

    /// <inheritdoc/>
    /// <returns>Logits [batch, tokens, vocabulary].</returns>
    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        BertEncoderOutput encoded = Encoder.Forward(input, request, dropout, lastForAllTokens: true);
        return encoded.With(request.Logits ? head.Forward(encoded.Last, Encoder) : null, request);
    }

    /// <summary>Scores for one token of each sequence; last layer, head and decoder are computed for it alone.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="tokens">Int64 [batch]: the place of the token in its sequence.</param>
    /// <returns>Logits [batch, vocabulary].</returns>
    public Tensor ScoresAt(ModelInput input, Tensor tokens) =>
        head.Forward(Encoder.Forward(input, OutputRequest.LogitsOnly, null, lastForAllTokens: false, tokens).Last, Encoder).Squeeze(1);
}
