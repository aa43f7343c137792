using Decant.Distillation.Recipes;
using Decant.Torch.Serialization;

namespace Decant.Tests.Training;

/// <summary>A batch that is cut into parts.</summary>
public class TrainerAccumulationTests
{
    [Theory]
    [InlineData(8, 8, 2)]
    [InlineData(8, 8, 4)]
    [InlineData(8, 7, 4)] // parts of 2, 2, 2 and 1
    [InlineData(8, 5, 4)] // parts of 2, 2 and 1
    [InlineData(8, 3, 8)] // parts of 1
    public void The_mean_is_the_gradient_of_the_whole_batch(int batchSize, int examples, int parts)
    {
        (var whole, double loss) = Gradients(batchSize, examples, 1, AccumulateMode.Mean);
        (var cut, double cutLoss) = Gradients(batchSize, examples, parts, AccumulateMode.Mean);
        Assert.Equal(loss, cutLoss, 1e-6);
        AssertClose(whole, cut, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_sum_is_larger_by_the_number_of_parts(int parts)
    {
        (var whole, double loss) = Gradients(8, 8, 1, AccumulateMode.Sum);
        (var cut, double cutLoss) = Gradients(8, 8, parts, AccumulateMode.Sum);
        Assert.Equal(loss, cutLoss, 1e-6);
        AssertClose(whole, cut, parts);
    }

    // After one update from zero moments the first moment is 0.1 of the gradient.
    private static (Dictionary<string, float[]> Gradients, double Loss) Gradients(int batchSize, int examples, int parts, AccumulateMode mode)
    {
        using var run = new TinyRun
        {
            Dropout = 0, Train = TinyTask.Data(examples),
            Stage = TinyRun.Standard with { BatchSize = batchSize, Accumulate = parts, AccumulateMode = mode, Optimizer = new() { Clip = 0 } },
        };
        double loss = 0;
        using var stop = new CancellationTokenSource();
        Assert.Throws<Distillation.Training.TrainingStoppedException>(() => run.Run(new TinyRun.OnUpdate(u =>
        {
            loss = u.Loss;
            stop.Cancel();
        }), stop.Token));
        using var file = SafetensorsFile.Open(run.CheckpointPath);
        return (file.Names.Where(n => n.StartsWith("moments.exp_avg.", StringComparison.Ordinal)).ToDictionary(n => n, n => file.Get(n).ToSingles()), loss);
    }

    private static void AssertClose(Dictionary<string, float[]> whole, Dictionary<string, float[]> cut, double factor)
    {
        Assert.True(whole.Count > 20, $"only {whole.Count} gradients");
        foreach ((string name, float[] expected) in whole)
        {
            float scale = expected.Max(Math.Abs);
            // A key bias has a true gradient of 0; what is there is rounding.
            if (!name.EndsWith("key.bias", StringComparison.Ordinal)) Assert.True(scale > 1e-6, $"{name} has no gradient");
            foreach ((float e, float c) in expected.Zip(cut[name])) Assert.Equal(factor * e, c, 1e-5 * factor * scale + 1e-7);
        }
    }
}
