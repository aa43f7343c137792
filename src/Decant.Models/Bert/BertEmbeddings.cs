using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>Word, position and segment embeddings, summed, normalised and dropped out. The word table may be in two factors.</summary>
public sealed class BertEmbeddings : Module
{
    private readonly BertConfig config;
    private readonly Tensor positions, types;
    private readonly Tensor? factor;
    private readonly LayerNormLayer norm;

    /// <summary>Makes new tables.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="init">First values.</param>
    public BertEmbeddings(BertConfig config, Initializer init)
    {
        this.config = config;
        if (config.EmbeddingRank is { } rank)
        {
            Words = AddParameter("word_embeddings1.weight", init.Normal(config.VocabSize, rank));
            factor = AddParameter("word_embeddings2.weight", init.Normal(config.HiddenSize, rank));
        }
        else
        {
            Words = AddParameter("word_embeddings.weight", init.Normal(config.VocabSize, config.HiddenSize));
        }
        positions = AddParameter("position_embeddings.weight", init.Normal(config.MaxPositions, config.HiddenSize));
        types = AddParameter("token_type_embeddings.weight", init.Normal(config.TypeVocabSize, config.HiddenSize));
        norm = AddChild("LayerNorm", new LayerNormLayer(config));
    }

    /// <summary>The word table, [vocabulary, hidden], or its first factor, [vocabulary, rank].</summary>
    internal Tensor Words { get; }

    /// <summary>Scores of all words: the masked-LM head's decoder is the word table.</summary>
    /// <param name="states">[…, hidden]</param>
    /// <param name="bias">[vocabulary]</param>
    /// <returns>[…, vocabulary]</returns>
    internal Tensor Decode(Tensor states, Tensor bias) => (factor is null ? states : states.MatMul(factor)).Linear(Words, bias);

    /// <summary>The position table, [positions, hidden].</summary>
    public Tensor Positions => positions;

    /// <summary>Hidden state 0.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="dropout">Null for evaluation.</param>
    /// <returns>[batch, tokens, hidden]</returns>
    public Tensor Forward(ModelInput input, Dropout? dropout)
    {
        if (input.Tokens > config.MaxPositions)
            throw new DecantException($"A sequence of {input.Tokens} tokens is longer than the model's {config.MaxPositions} positions; lower maxLength.");
        using var scope = new TensorScope();
        Tensor looked = Words.LookUp(input.InputIds, config.PadTokenId);
        Tensor sum = (factor is null ? looked : looked.Linear(factor))
            + positions.Narrow(0, 0, input.Tokens)
            + types.Embedding(input.TokenTypeIds);
        Tensor normal = norm.Forward(sum);
        return scope.Keep(dropout?.Apply(normal, config.HiddenDropout) ?? normal);
    }
}
