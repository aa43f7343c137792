using Decant.Distillation.Training;
using Decant.Distillation.Training.Checkpoints;
using Decant.Torch;
using Decant.Torch.Optim;
using Decant.Torch.Serialization;

namespace Decant.Tests.Training.Checkpoints;

public sealed class StageCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();
    private readonly StageCheckpoint checkpoint;

    public StageCheckpointTests() => checkpoint = new StageCheckpoint(folder.Root, "1-train");

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Weights_moments_and_progress_come_back()
    {
        var written = Parameters(1);
        using var adam = new Adam(written, AdamOptions.BertAdam);
        foreach (var p in written) p.Tensor.Grad = Tensor.Full(p.Tensor.Shape, 0.5);
        adam.Step(0.1);
        var progress = new StageProgress { Update = 7, DropoutPosition = ulong.MaxValue, Dropout = false, BestMetric = 1.0 / 3, BestUpdate = 4, EvaluationsWithoutImprovement = 2 };
        checkpoint.Save(progress, written, adam);
        Assert.Equal(progress, checkpoint.ReadProgress());

        var read = Parameters(2);
        using var resumed = new Adam(read, AdamOptions.BertAdam);
        Assert.Equal(progress, checkpoint.Load(read, resumed));
        Assert.Equal(1, resumed.Steps);
        Assert.Equal(Values(written), Values(read));
        Assert.Equal(Values(adam.State()), Values(resumed.State()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_table_comes_back_with_the_moments_that_it_has(int rows)
    {
        (string Name, Tensor Tensor)[] written = [("words", Tensor.Zeros([9000, 2]))], read = [("words", Tensor.Zeros([9000, 2]))];
        using Adam adam = new(written, AdamOptions.BertAdam), resumed = new(read, AdamOptions.BertAdam);
        if (rows > 0)
        {
            written[0].Tensor.RequiresGrad = true;
            written[0].Tensor.LookUp(Tensor.From<long>([7, 8999], rows)).Sum().Backward();
            adam.Step(0.1);
        }
        checkpoint.Save(new(), written, adam);
        checkpoint.Load(read, resumed);
        Assert.Equal(rows, resumed.State().Last().Tensor.Size(0));
        Assert.Equal(Values(written), Values(read));
        Assert.Equal(Values(adam.State()), Values(resumed.State()));
    }

    [Fact]
    public void Without_a_file_there_is_nothing_to_go_on_with()
    {
        Assert.Null(checkpoint.Load(Parameters(1), null));
        Assert.Null(checkpoint.ReadProgress());
        Assert.Null(new StageCheckpoint(folder.File("absent"), "1-train").Load(Parameters(1), null));
    }

    [Fact]
    public void The_best_weights_stay_until_the_checkpoint_names_others()
    {
        using var adam = new Adam(Parameters(1), AdamOptions.BertAdam);
        checkpoint.SaveBest(4, Parameters(4));
        checkpoint.Save(new() { Update = 5, BestUpdate = 4 }, Parameters(5), adam);
        checkpoint.SaveBest(8, Parameters(8));
        Assert.Equal(["1-train.best-4", "1-train.best-8", "1-train.checkpoint"], Files());

        var best = Parameters(0);
        checkpoint.LoadBest(4, best);
        Assert.Equal(Values(Parameters(4)), Values(best));
        checkpoint.Save(new() { Update = 10, BestUpdate = 8 }, Parameters(10), adam);
        Assert.Equal(["1-train.best-8", "1-train.checkpoint"], Files());
        checkpoint.SaveCompleted(new() { Update = 12, Completed = true }, Parameters(12));
        Assert.Equal(["1-train.checkpoint"], Files());
    }

    [Fact]
    public void Files_of_other_stages_are_left_alone()
    {
        string[] others = ["11-train.best-3", "11-train.checkpoint", "2-train.best-3", "2-train.checkpoint.9.tmp"];
        foreach (string name in others) folder.Write(name, "x");
        folder.Write("1-train.checkpoint.9.tmp", "x");
        using var adam = new Adam(Parameters(1), AdamOptions.BertAdam);
        checkpoint.Save(new() { Update = 5 }, Parameters(5), adam);
        checkpoint.Load(Parameters(1), adam);
        Assert.Equal([.. others.Append("1-train.checkpoint").Order(StringComparer.Ordinal)], Files());
        checkpoint.Remove();
        Assert.Equal(others, Files());
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_or_of_another_model_is_refused()
    {
        new SafetensorsWriter().Save(checkpoint.Path);
        Assert.Equal($"{checkpoint.Path} is not a checkpoint of this version; remove it to start the stage afresh.",
            Assert.Throws<DecantException>(() => checkpoint.Load(Parameters(1), null)).Message);

        // Of a stage that goes on, the moments are missing.
        using var adam = new Adam(Parameters(1), AdamOptions.BertAdam);
        checkpoint.SaveCompleted(new(), Parameters(1));
        Assert.Equal($"{checkpoint.Path} is not a checkpoint of this version; remove it to start the stage afresh.",
            Assert.Throws<DecantException>(() => checkpoint.Load(Parameters(1), adam)).Message);

        checkpoint.SaveCompleted(new() { Completed = true }, [("weight", Tensor.Zeros([3]))]);
        Assert.Equal("The tensor 'weights.weight' has the shape [3]; [2, 3] is expected.",
            Assert.Throws<DecantException>(() => checkpoint.Load(Parameters(1), null)).Message);
        checkpoint.SaveCompleted(new() { Completed = true }, [("other", Tensor.Zeros([3]))]);
        Assert.Contains("weights.weight", Assert.Throws<DecantException>(() => checkpoint.Load(Parameters(1), null)).Message);

        File.WriteAllBytes(checkpoint.Path, File.ReadAllBytes(checkpoint.Path)[..^5]);
        Assert.Contains(checkpoint.Path, Assert.Throws<DecantException>(() => checkpoint.Load(Parameters(1), null)).Message);
    }

    private string[] Files() => [.. Directory.GetFiles(folder.Root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static (string Name, Tensor Tensor)[] Parameters(int value) => [("weight", Tensor.Full([2, 3], value)), ("bias", Tensor.Full([2], -value))];

    private static float[] Values(IEnumerable<(string Name, Tensor Tensor)> tensors) => [.. tensors.SelectMany(t => t.Tensor.ToArray<float>())];
}
