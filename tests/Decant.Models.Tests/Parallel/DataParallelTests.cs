using Decant.Models.Bert;
using Decant.Models.Parallel;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Parallel;

[Collection(LiveTensorCounting.Name)]
public sealed class DataParallelTests : IDisposable
{
    private const float Near = 2e-5f;

    private static readonly OutputRequest everything = new()
    {
        HiddenStates = [0, 1, 2], ClsStates = [1, 2], AttentionScores = [1, 2], AttentionProbabilities = [2], Pooled = true,
    };

    private readonly int threads = TorchRuntime.Threads;

    public DataParallelTests() => TorchRuntime.Threads = 3;

    public void Dispose() => TorchRuntime.Threads = threads;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Outputs_and_gradients_are_the_models_own(bool padded, bool drops)
    {
        using var scope = new TensorScope();
        using BertClassifier one = Model(), many = Model();
        Dropout? ofOne = drops ? NewDropout() : null, ofMany = drops ? NewDropout() : null;
        ModelOutput expected = one.Forward(Input(7, padded), everything, ofOne), given = new DataParallel(many).Forward(Input(7, padded), everything, ofMany);
        Assert.Equal(ofOne?.Stream.Position, ofMany?.Stream.Position);
        Assert.Equal(expected.LayersRun, given.LayersRun);
        Tensor[] wanted = Tensors(expected), found = Tensors(given);
        Assert.Equal(1 + 3 + 2 + 2 + 1 + 1, found.Length);
        foreach ((Tensor a, Tensor b) in wanted.Zip(found)) AssertNear(a, b);
        foreach (Tensor[] outputs in (Tensor[][])[wanted, found]) Loss(outputs).Backward();
        AssertSameGradients(one, many);
    }

    [Fact]
    public void Parameters_behind_outputs_that_the_loss_leaves_out_get_no_gradient()
    {
        using var scope = new TensorScope();
        using BertClassifier one = Model(), many = Model();
        var request = new OutputRequest { HiddenStates = [1] };
        one.Forward(Input(6, padded: true), request).HiddenStates[1].ClampMin(0).Square().Sum().Backward();
        new DataParallel(many).Forward(Input(6, padded: true), request).HiddenStates[1].ClampMin(0).Square().Sum().Backward();
        AssertSameGradients(one, many);
        Assert.Null(many.NamedParameters().Single(p => p.Name == "classifier.weight").Tensor.Grad);
    }

    [Fact]
    public void Frozen_parameters_and_outputs_that_depend_on_nothing_else_are_left_alone()
    {
        using var scope = new TensorScope();
        using BertClassifier model = Model();
        model.Encoder.RequireGrad(false);
        ModelOutput output = new DataParallel(model).Forward(Input(6, padded: false), new OutputRequest { HiddenStates = [1] });
        Assert.False(output.HiddenStates[1].RequiresGrad);
        (output.Logits.Sum() + output.HiddenStates[1].Sum()).Backward();
        Assert.Equal(["classifier.weight", "classifier.bias"], model.NamedParameters().Where(p => p.Tensor.Grad is not null).Select(p => p.Name));
    }

    [Fact]
    public void Gradients_of_parts_add_up_and_have_the_same_bits_every_time()
    {
        using var scope = new TensorScope();
        var runs = new List<float[]>();
        for (int run = 0; run < 5; run++)
        {
            using BertClassifier model = Model();
            for (int part = 0; part < 2; part++) new DataParallel(model).Forward(Input(9, padded: true), OutputRequest.LogitsOnly).Logits.Square().Sum().Backward();
            runs.Add([.. model.NamedParameters().SelectMany(p => p.Tensor.Grad!.ToArray<float>())]);
        }
        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.Equal(3, TorchRuntime.Threads);
    }

    [Fact]
    public void Of_one_row_the_outputs_are_the_models_to_the_last_bit()
    {
        using var scope = new TensorScope();
        using BertClassifier model = Model();
        using GradMode.Restore _ = GradMode.Off();
        float[] expected = model.Forward(Input(1, padded: false), OutputRequest.LogitsOnly).Logits.ToArray<float>();
        Assert.Equal(expected, new DataParallel(model).Forward(Input(1, padded: false), OutputRequest.LogitsOnly).Logits.ToArray<float>());
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using BertClassifier model = Model();
        long before = TorchRuntime.LiveTensors;
        foreach (string end in (string[])["trained", "forgotten", "unrecorded", "failed"])
        {
            using (new TensorScope())
            {
                using GradMode.Restore? _ = end == "unrecorded" ? GradMode.Off() : null;
                // The last lane's words are beyond the table.
                ModelInput input = end == "failed" ? Input(7, padded: true, lastWord: 1000) : Input(7, padded: true);
                if (end == "failed")
                {
                    Assert.Throws<TorchException>(() => new DataParallel(model).Forward(input, everything));
                    continue;
                }
                ModelOutput output = new DataParallel(model).Forward(input, everything);
                if (end == "trained") Loss(Tensors(output)).Backward();
            }
            foreach ((_, Tensor parameter) in model.NamedParameters()) parameter.Grad = null;
            Assert.Equal(before, TorchRuntime.LiveTensors);
        }
    }

    private static Tensor Loss(Tensor[] outputs) => outputs.Select((t, i) => (t.ClampMin(-10) * (i + 1)).Square().Mean()).Aggregate((a, b) => a + b);

    private static Tensor[] Tensors(ModelOutput output)
    {
        var all = new List<Tensor>();
        output.Map(t =>
        {
            all.Add(t);
            return t;
        });
        return [.. all];
    }

    private static void AssertSameGradients(BertClassifier one, BertClassifier many)
    {
        foreach ((var expected, var given) in one.NamedParameters().Zip(many.NamedParameters()))
        {
            Assert.Equal(expected.Tensor.Grad is null, given.Tensor.Grad is null);
            if (expected.Tensor.Grad is { } grad) AssertNear(grad, given.Tensor.Grad!);
        }
    }

    private static void AssertNear(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape, given.Shape);
        float[] a = expected.ToArray<float>(), b = given.ToArray<float>();
        float scale = a.Select(Math.Abs).Where(x => x < 1000).Append(1).Max();  // masked scores are about −10000
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], Near * Math.Max(scale, Math.Abs(a[i])));
    }

    private static Dropout NewDropout() => new(new RandomStream(5, "dropout"));

    private static BertClassifier Model()
    {
        var model = new BertClassifier(new BertConfig { VocabSize = 50, Layers = 2, HiddenSize = 24, Heads = 3, IntermediateSize = 40, MaxPositions = 16 }, 2, new Initializer(new RandomStream(1, "weights"), 0.2));
        model.RequireGrad(true);
        return model;
    }

    private static ModelInput Input(int rows, bool padded, int lastWord = 0)
    {
        const int Tokens = 8;
        int[] lengths = [.. Enumerable.Range(0, rows).Select(row => padded && row % 3 == 1 ? Tokens - 1 - row / 2 : Tokens)];
        int[] ids = [.. Enumerable.Range(0, rows * Tokens).Select(i => i % Tokens < lengths[i / Tokens] ? 1 + i * 7 % 48 : 0)];
        if (lastWord > 0) ids[^1] = lastWord;
        return ModelInput.Create(ids, new int[ids.Length], lengths);
    }
}
