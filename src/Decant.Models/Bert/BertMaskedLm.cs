using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>BERT with the masked-language-model head (<c>BertForMaskedLM</c>); the decoder is the word table.</summary>
public sealed class BertMaskedLm : Module, IModel
{
    private readonly LinearLayer transform;
    private readonly LayerNormLayer norm;
    private readonly Tensor bias;

    /// <summary>Makes a model with new weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    public BertMaskedLm(BertConfig config, Initializer init)
    {
        Encoder = AddChild("bert", new BertEncoder(config, init, withPooler: false));
        bias = AddParameter("cls.predictions.bias", Initializer.Zeros(config.VocabSize));
        transform = AddChild("cls.predictions.transform.dense", new LinearLayer(config.HiddenSize, config.HiddenSize, init));
        norm = AddChild("cls.predictions.transform.LayerNorm", new LayerNormLayer(config));
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
        Tensor inner = norm.Forward(transform.Forward(encoded.Last).Gelu());
        return encoded.With(Encoder.Embeddings.Decode(inner, bias), request);
    }
}
