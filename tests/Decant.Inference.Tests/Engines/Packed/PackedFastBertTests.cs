using Decant.Inference.Engines.Packed;
using Decant.Inference.Kernels;
using Decant.Inference.Threads;
using Decant.Models.Bert;
using Decant.Models.FastBert;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Inference.Tests.Engines.Packed;

/// <summary>The packed network against <see cref="AdaptiveClassifier"/>, text by text.</summary>
public class PackedFastBertTests
{
    private static readonly BertConfig Config = RandomModel.Config with { Layers = 5, MaxPositions = 90 };
    private static readonly ComputeThreads oneThread = new(1), fourThreads = new(4);

    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (int outputs in (int[])[2, 4])
                foreach (VectorKernels kernels in VectorKernels.Supported()) cases.Add(outputs, kernels.VectorWidth);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Texts_leave_where_they_should_with_the_same_answer(int outputs, int width)
    {
        using FastBertClassifier model = Model(outputs);
        using var reference = new AdaptiveClassifier(model);
        VectorKernels kernels = VectorKernels.Supported().Single(k => k.VectorWidth == width);
        var seen = new HashSet<int>();
        foreach (ComputeThreads threads in (ComputeThreads[])[oneThread, fourThreads])
        {
            using var engine = new PackedEngine(new PackedFastBert(model, kernels), threads);
            foreach (int[] words in (int[][])[[0], [40], [3, 70], [5, 9, 0, 31, 80, 2, 2, 17, 44, 64, 12, 8, 33]])
                foreach (double speed in (double[])[0, 0.1, 0.3, 0.5, 0.8, 1])
                    seen.UnionWith(Check(model, reference, engine, RandomTexts.Of(words, Config.MaxPositions), speed));
        }
        Assert.True(seen.Count >= 3, $"Texts left at the layers {string.Join(", ", seen.Order())} only: the test does not show much.");
    }

    [Fact]
    public void The_uncertainty_may_be_that_of_the_most_probable_classes()
    {
        using FastBertClassifier model = Model(outputs: 4);
        var options = new AdaptiveOptions { TopClasses = 2 };
        using var reference = new AdaptiveClassifier(model, options);
        using var engine = new PackedEngine(new PackedFastBert(model, VectorKernels.Best, options), oneThread);
        using var plain = new PackedEngine(new PackedFastBert(model, VectorKernels.Best), oneThread);
        EncodedTexts texts = RandomTexts.Of([5, 9, 0, 31, 80, 2, 2, 17, 44, 64, 12, 8, 33], Config.MaxPositions);
        double[] speeds = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9];
        Assert.NotEqual(speeds.SelectMany(speed => Check(model, reference, engine, texts, speed)), speeds.SelectMany(speed => Layers(plain, texts, speed)));
        Assert.Contains("top 5 classes", Assert.Throws<DecantException>(() => new PackedFastBert(model, VectorKernels.Best, new() { TopClasses = 5 })).Message, StringComparison.Ordinal);
    }

    private static int[] Layers(PackedEngine engine, EncodedTexts texts, double speed)
    {
        int[] layers = new int[texts.Count];
        engine.Run(texts, 0, texts.Count, speed, new float[texts.Count * engine.Outputs], layers);
        return layers;
    }

    private static int[] Check(FastBertClassifier model, AdaptiveClassifier reference, PackedEngine engine, EncodedTexts texts, double speed)
    {
        float[] logits = new float[texts.Count * model.Outputs];
        int[] layers = new int[texts.Count];
        engine.Run(texts, 0, texts.Count, speed, logits, layers);
        for (int text = 0; text < texts.Count; text++)
        {
            using var scope = new TensorScope();
            AdaptiveResult expected = reference.Predict(RandomTexts.Alone(texts, text), speed);
            Assert.Equal(expected.ExitLayers[0], layers[text]);
            for (int i = 0; i < model.Outputs; i++) Assert.Equal(expected.Logits[i], logits[text * model.Outputs + i], 1e-4);
        }
        return layers;
    }

    /// <summary>The branches are made surer from layer to layer, so that texts leave all along.</summary>
    private static FastBertClassifier Model(int outputs)
    {
        var model = new FastBertClassifier(Config, new BranchShape(16, 2), outputs, new Initializer(new RandomStream(3, "weights"), 0.3));
        var weights = model.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        for (int layer = 0; layer < Config.Layers; layer++)
            foreach (ref float value in weights[$"branches.{layer}.classifier.weight"].Span<float>()) value *= 2 + 3 * layer;
        return model;
    }
}
