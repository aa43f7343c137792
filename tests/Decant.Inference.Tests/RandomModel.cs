using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Inference.Tests;

/// <summary>Model folders with random weights, wide enough that every weight shows in the result.</summary>
internal static class RandomModel
{
    private static readonly string[] words = ["good", "bad", "film", "##s", "a", "the", "very", "plot", "not", ".", "so", "so-so", "##ly"];

    public static Vocabulary Vocabulary { get; } = new(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words]);

    public static BertConfig Config { get; } = new()
    {
        VocabSize = Vocabulary.Count, HiddenSize = 24, Layers = 2, Heads = 3, IntermediateSize = 40, MaxPositions = 40,
    };

    /// <summary>Weights from Normal(0, 0.3), less in wide models, so that attention is neither flat nor all on one token; layer-norm weights and biases are moved too, so that none of them could be left out unseen.</summary>
    public static BertClassifier Classifier(BertConfig config, int outputs, ulong seed = 1, HeadKind head = HeadKind.Bert)
    {
        var random = new RandomStream(seed, "weights");
        var model = new BertClassifier(config, outputs, new Initializer(random, 0.3 * Math.Sqrt(24.0 / config.HiddenSize)), head);
        foreach ((string _, Decant.Torch.Tensor tensor) in model.NamedParameters())
            if (tensor.Rank == 1)
                foreach (ref float value in tensor.Span<float>()) value += (float)(random.NextDouble() - 0.5);
        return model;
    }

    public static void Save(string folder, BertConfig config, int outputs, ProblemType? problem = null, ModelKind kind = ModelKind.SequenceClassification,
        IEnumerable<string>? labels = null, ulong seed = 1, HeadKind head = HeadKind.Bert)
    {
        using BertClassifier model = Classifier(config, outputs, seed, head);
        ModelDirectory.Save(folder, kind, config, model.NamedParameters(), labels is null ? null : new ModelLabels(labels), problem, head);
        new WordPieceTokenizer(Vocabulary).Save(folder);
    }
}
