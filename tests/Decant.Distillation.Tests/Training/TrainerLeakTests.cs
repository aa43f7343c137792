using Decant.Distillation.Recipes;
using Decant.Torch;

namespace Decant.Tests.Training;

[Collection(WholeProcess.Name)]
public class TrainerLeakTests
{
    [Fact]
    public void A_hundred_updates_with_evaluations_and_checkpoints_leave_no_tensor_behind()
    {
        long before = TorchRuntime.LiveTensors;
        var live = new List<long>();
        using (var run = new TinyRun { Stage = TinyRun.Standard with { Epochs = null, Steps = 100 } })
            run.Run(new TinyRun.OnUpdate(_ => live.Add(TorchRuntime.LiveTensors)));
        Assert.Equal(100, live.Count);
        Assert.Single(live.Distinct());
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }
}
