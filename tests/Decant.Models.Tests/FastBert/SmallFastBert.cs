using Decant.Models.Bert;
using Decant.Models.FastBert;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.FastBert;

/// <summary>A FastBERT small enough for tests, and sequences of mixed lengths for it.</summary>
internal static class SmallFastBert
{
    public const int MaxTokens = 12;

    public static BertConfig Config { get; } = new()
    {
        VocabSize = 50, HiddenSize = 16, Layers = 5, Heads = 4, IntermediateSize = 24, MaxPositions = MaxTokens,
    };

    /// <summary>Weights large enough that the branches' answers differ in how sure they are.</summary>
    public static FastBertClassifier Model(int outputs = 3, ulong seed = 1)
    {
        var model = new FastBertClassifier(Config, new BranchShape(8, 2), outputs, new Initializer(new RandomStream(seed, "weights"), 0.4));
        foreach ((string name, Tensor weight) in model.Branches.SelectMany(b => b.NamedParameters()))
            if (name.EndsWith(".weight", StringComparison.Ordinal))
                foreach (ref float w in weight.Span<float>()) w *= 2.5f;
        return model;
    }

    public static int[][] Texts(int count, ulong seed = 3)
    {
        var random = new RandomStream(seed, "texts");
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 2 + random.Next(MaxTokens - 1)).Select(_ => 1 + random.Next(49)).ToArray())];
    }

    public static ModelInput Input(params int[][] texts)
    {
        int tokens = texts.Max(t => t.Length);
        int[] ids = [.. texts.SelectMany(t => t.Concat(Enumerable.Repeat(0, tokens - t.Length)))];
        // The second half of every text is its second segment, as in a pair.
        int[] types = [.. texts.SelectMany(t => Enumerable.Range(0, tokens).Select(i => i < t.Length && i > t.Length / 2 ? 1 : 0))];
        return ModelInput.Create(ids, types, [.. texts.Select(t => t.Length)]);
    }
}
