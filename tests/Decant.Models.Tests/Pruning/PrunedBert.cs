using System.Collections.Immutable;
using Decant.Models.Bert;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Pruning;

/// <summary>Models and inputs for pruning, with weights large enough that every part matters.</summary>
internal static class PrunedBert
{
    public static BertConfig Whole { get; } = new() { VocabSize = 30, HiddenSize = 16, Layers = 3, Heads = 4, IntermediateSize = 12, MaxPositions = 10 };

    /// <summary>Every layer has another shape.</summary>
    public static BertConfig Uneven { get; } = Whole with
    {
        PrunedHeads = ImmutableSortedDictionary<int, ImmutableSortedSet<int>>.Empty.Add(0, [0, 2, 3]).Add(2, [1]),
        LayerIntermediateSizes = [12, 5, 1], EmbeddingRank = 6,
    };

    public static BertClassifier Classifier(BertConfig? config = null, ulong seed = 1) => new(config ?? Whole, 3, new Initializer(new RandomStream(seed, "weights"), 0.4));

    public static ModelInput Input() => ModelInput.Create([1, 5, 9, 2, 0, 1, 7, 8, 9, 2], [0, 0, 1, 1, 0, 0, 0, 0, 1, 1], [4, 5]);

    public static float[] Logits(BertClassifier model)
    {
        using var scope = new Torch.TensorScope();
        return model.Forward(Input(), OutputRequest.LogitsOnly).Logits.ToArray<float>();
    }

    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
