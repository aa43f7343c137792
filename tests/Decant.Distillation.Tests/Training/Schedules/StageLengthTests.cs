using Decant.Distillation.Recipes;
using Decant.Distillation.Training.Schedules;

namespace Decant.Tests.Training.Schedules;

public class StageLengthTests
{
    private static readonly StageOptions FourEpochs = new() { Epochs = 4, BatchSize = 32, Objectives = new() };

    [Fact]
    public void Every_example_is_seen_once_an_epoch() =>
        Assert.Equal(new StageLength(115, 460, 460), StageLength.Of(FourEpochs, 3668)); // MRPC: 114 whole batches and one of 20

    [Fact]
    public void The_released_PKD_code_spreads_its_schedule_over_whole_batches() =>
        Assert.Equal(new StageLength(115, 460, 456), StageLength.Of(FourEpochs with { ScheduleLength = ScheduleLength.Floor }, 3668));

    [Fact]
    public void Dropped_last_batches_do_not_count() =>
        Assert.Equal(new StageLength(114, 456, 456), StageLength.Of(FourEpochs with { DropLast = true }, 3668));

    [Fact]
    public void A_batch_cut_into_parts_is_one_update() =>
        Assert.Equal(new StageLength(115, 460, 460), StageLength.Of(FourEpochs with { Accumulate = 8 }, 3668));

    [Fact]
    public void Steps_are_taken_as_they_are() =>
        Assert.Equal(new StageLength(115, 7, 7), StageLength.Of(FourEpochs with { Epochs = null, Steps = 7 }, 3668));

    [Theory]
    [InlineData(0.5, 58)]
    [InlineData(0.1, 12)]
    [InlineData(0.0001, 1)]
    [InlineData(3, 345)]
    public void Parts_of_an_epoch_are_rounded_up(double epochs, long updates) =>
        Assert.Equal(updates, StageLength.Of(FourEpochs with { Epochs = epochs }, 3668).TotalUpdates);

    [Fact]
    public void No_whole_batch_is_an_error_that_says_what_to_do() => Assert.Equal(
        "Stage 'train' has no batch: 20 training examples do not fill a batch of 32, and dropLast leaves out smaller ones. Take a smaller batchSize or dropLast: false.",
        Assert.Throws<DecantException>(() => StageLength.Of(FourEpochs with { DropLast = true }, 20)).Message);
}
