using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>Word, position and segment embeddings, summed, normalised and dropped out.</summary>
public sealed class BertEmbeddings : Module
{
    private readonly BertConfig config;
    private readonly Tensor positions, types;
    private readonly LayerNormLayer norm;

    /// <summary>Makes new tables.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    public BertEmbeddings(BertConfig config, Initializer init)
    {
        this.config = config;
        Words = AddParameter("word_embeddings.weight", init.Normal(config.VocabSize, config.HiddenSize));
        positions = AddParameter("position_embeddings.weight", init.Normal(config.MaxPositions, config.HiddenSize));
        types = AddParameter("token_type_embeddings.weight", init.Normal(config.TypeVocabSize, config.HiddenSize));
        norm = AddChild("LayerNorm", new LayerNormLayer(config.HiddenSize, config.LayerNormEpsilon));
    }

    /// <summary>The word table, [vocabulary, hidden]; the masked-LM head uses it too.</summary>
    public Tensor Words { get; }

    /// <summary>Hidden state 0.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="dropout">Null for evaluation.</param>
    /// <returns>[batch, tokens, hidden]</returns>
    public Tensor Forward(ModelInput input, Dropout? dropout)
    {
        if (input.Tokens > config.MaxPositions)
            throw new DecantException($"A sequence of {input.Tokens} tokens is longer than the model's {config.MaxPositions} positions; lower maxLength.");
        Tensor sum = Words.Embedding(input.InputIds, config.PadTokenId)
            + positions.Narrow(0, 0, input.Tokens)
            + types.Embedding(input.TokenTypeIds);
        Tensor normal = norm.Forward(sum);
        return dropout?.Apply(normal, config.HiddenDropout) ?? normal;
    }
}
