using System.Collections.Immutable;
using Decant.Inference.Engines.Packed;
using Decant.Inference.Kernels;
using Decant.Inference.Threads;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Tests.Engines.Packed;

/// <summary>The packed network against the model that was trained, text by text and without padding.</summary>
public class PackedClassifierTests
{
    private static readonly BertConfig Small = RandomModel.Config with { MaxPositions = 150 };
    private static readonly ComputeThreads oneThread = new(1), fourThreads = new(4);

    private static int[][] Few { get; } = [[0], [30], [20, 70, 1, 5, 63, 17, 2]];

    private static int[][] Many { get; } =
        [[0], [1], [5], [30], [7, 0], [100, 1, 64], [3, 3, 3, 3, 3, 3, 3, 3, 3], [20, 140, 0, 5, 61, 62, 63, 64, 65, 17, 2]];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string shape in Shapes.Keys)
                foreach (VectorKernels kernels in VectorKernels.Supported()) cases.Add(shape, kernels.VectorWidth);
            return cases;
        }
    }

    private static Dictionary<string, BertConfig> Shapes { get; } = new()
    {
        ["small"] = Small,
        ["one layer"] = Small with { Layers = 1 },
        ["narrow"] = Small with { HiddenSize = 6, Heads = 2, IntermediateSize = 5, Layers = 3 },
        ["tiny student"] = Small with { HiddenSize = 192, Heads = 3, IntermediateSize = 768 },
        ["TinyBERT"] = Small with { HiddenSize = 312, Heads = 12, IntermediateSize = 1200, Layers = 2 },
        ["relu"] = Small with { HiddenActivation = "relu" },
        ["UER's normalisation"] = Small with { LayerNorm = LayerNormKind.Unbiased, LayerNormEpsilon = 1e-6 },
        ["pruned"] = Small with
        {
            Layers = 3, IntermediateSize = 40, LayerIntermediateSizes = [40, 7, 23],
            PrunedHeads = ImmutableSortedDictionary<int, ImmutableSortedSet<int>>.Empty.Add(0, [1]).Add(2, [0, 2]),
        },
        ["word table in two factors"] = Small with { EmbeddingRank = 5 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Logits_are_those_of_the_model(string shape, int width)
    {
        using BertClassifier model = RandomModel.Classifier(Shapes[shape], outputs: 3);
        VectorKernels kernels = VectorKernels.Supported().Single(k => k.VectorWidth == width);
        foreach (ComputeThreads threads in (ComputeThreads[])[oneThread, fourThreads])
        {
            using var engine = new PackedEngine(new PackedClassifier(model, kernels), threads);
            foreach (int[] words in model.HiddenSize > 100 ? Few : Many)
                Check(model, engine, RandomTexts.Of(words, Small.MaxPositions));
        }
    }

    [Fact]
    public void A_head_with_relu_is_followed()
    {
        using BertClassifier model = RandomModel.Classifier(Small, outputs: 2, head: HeadKind.Relu);
        using var engine = new PackedEngine(new PackedClassifier(model, VectorKernels.Best), oneThread);
        Check(model, engine, RandomTexts.Of([4, 9], Small.MaxPositions));
    }

    [Fact]
    public void Many_outputs_fit()
    {
        using BertClassifier model = RandomModel.Classifier(Small, outputs: 500);
        using var engine = new PackedEngine(new PackedClassifier(model, VectorKernels.Best), fourThreads);
        Check(model, engine, RandomTexts.Of([4, 9, 80, 6, 3, 2, 1, 5, 8], Small.MaxPositions));
    }

    [Fact]
    public void A_part_of_the_texts_can_be_run()
    {
        using BertClassifier model = RandomModel.Classifier(Small, outputs: 2);
        using var engine = new PackedEngine(new PackedClassifier(model, VectorKernels.Best), fourThreads);
        EncodedTexts texts = RandomTexts.Of([5, 6, 7, 8, 9], Small.MaxPositions);
        float[] all = new float[10], part = new float[4];
        engine.Run(texts, 0, 5, 0, all, []);
        engine.Run(texts, 2, 2, 0, part, []);
        for (int i = 0; i < 4; i++) Assert.Equal(all[4 + i], part[i], 1e-5);
    }

    [Fact]
    public void Pairs_are_refused_by_a_model_with_one_segment()
    {
        using BertClassifier model = RandomModel.Classifier(Small with { TypeVocabSize = 1 }, outputs: 2);
        using var engine = new PackedEngine(new PackedClassifier(model, VectorKernels.Best), fourThreads);
        var e = Assert.Throws<DecantException>(() => engine.Run(RandomTexts.Of([30, 30], Small.MaxPositions), 0, 2, 0, new float[4], []));
        Assert.Equal("The model has one segment only: it was not made for pairs of texts. Give single texts.", e.Message);
    }

    private static void Check(BertClassifier model, PackedEngine engine, EncodedTexts texts)
    {
        float[] logits = new float[texts.Count * model.Outputs];
        engine.Run(texts, 0, texts.Count, 0, logits, []);
        for (int text = 0; text < texts.Count; text++)
        {
            using var scope = new TensorScope();
            using GradMode.Restore _ = GradMode.Off();
            float[] expected = model.Forward(RandomTexts.Alone(texts, text), OutputRequest.LogitsOnly).Logits.ToArray<float>();
            double size = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < model.Outputs; i++) Assert.Equal(expected[i] / size, logits[text * model.Outputs + i] / size, 2e-5);
        }
    }
}
