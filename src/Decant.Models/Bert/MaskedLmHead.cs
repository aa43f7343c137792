using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>BERT's masked-language-model head (<c>cls.predictions</c>): a layer with GELU and normalisation, then the encoder's word table as decoder.</summary>
public sealed class MaskedLmHead : Module
{
    /// <summary>What its parameters' names begin with in a checkpoint, without the dot.</summary>
    public const string Name = "cls.predictions";

    private readonly LinearLayer transform;
    private readonly LayerNormLayer norm;
    private readonly Tensor bias;

    /// <summary>Makes a head with new weights.</summary>
    /// <param name="config">The sizes of the encoder.</param>
    /// <param name="init">First values.</param>
    public MaskedLmHead(BertConfig config, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(config);
        bias = AddParameter("bias", Initializer.Zeros(config.VocabSize));
        transform = AddChild("transform.dense", new LinearLayer(config.HiddenSize, config.HiddenSize, init));
        norm = AddChild("transform.LayerNorm", new LayerNormLayer(config));
    }

    /// <summary>Scores of all words.</summary>
    /// <param name="states">Hidden states of the last layer, […, hidden].</param>
    /// <param name="encoder">The encoder that they come from.</param>
    /// <returns>[…, vocabulary]</returns>
    public Tensor Forward(Tensor states, BertEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return encoder.Embeddings.Decode(norm.Forward(transform.Forward(states).Gelu()), bias);
    }
}
