using Decant.Models.Bert;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Checkpoints;

/// <summary>A BERT small enough for tests.</summary>
internal static class SmallBert
{
    public static BertConfig Config { get; } = new()
    {
        VocabSize = 11, HiddenSize = 8, Layers = 2, Heads = 2, IntermediateSize = 12, MaxPositions = 6,
    };

    public static Initializer Init(ulong seed = 1) => new(new RandomStream(seed, "weights"), 0.02);

    public static BertClassifier Classifier(int outputs = 3, ulong seed = 1) => new(Config, outputs, Init(seed));
}
