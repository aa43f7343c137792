using System.Text.Json;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training.Schedules;

namespace Decant.Tests.Training.Schedules;

public class ScheduleTests
{
    [SkippableFact]
    public void Learning_rates_are_those_of_BertAdam()
    {
        using JsonDocument golden = Golden("bertadam.json");
        JsonElement scalars = golden.RootElement.GetProperty("scalars");
        int number = 0;
        foreach (JsonElement settings in golden.RootElement.GetProperty("settings").GetProperty("cases").EnumerateArray())
        {
            ISchedule schedule = settings.GetProperty("schedule").GetString() == "none"
                ? new ConstantSchedule()
                : new WarmupLinearSchedule(settings.GetProperty("warmup").GetDouble());
            double peak = settings.GetProperty("lr").GetDouble();
            long total = settings.GetProperty("t_total").GetInt64(), step = 0;
            foreach (JsonElement rate in scalars.GetProperty($"case{number}_lr").EnumerateArray())
                Assert.Equal(rate.GetDouble(), peak * schedule.Factor(step++, total), 1e-15);
            number++;
        }
        Assert.True(number >= 4);
    }

    [SkippableFact]
    public void Linear_schedule_is_that_of_Hugging_Face()
    {
        using JsonDocument golden = Golden("optimizers.json");
        JsonElement scalars = golden.RootElement.GetProperty("scalars");
        long step = 0;
        foreach (JsonElement factor in scalars.GetProperty("linear_schedule_w3_t10").EnumerateArray())
            Assert.Equal(factor.GetDouble(), new WarmupLinearSchedule(0.3).Factor(step++, 10), 1e-12);
        step = 0;
        foreach (JsonElement rate in scalars.GetProperty("lr_uer_adamw").EnumerateArray()) // warm-up 2 of 8, peak 0.01
            Assert.Equal(rate.GetDouble(), 0.01 * new WarmupLinearSchedule(0.25).Factor(step++, 8), 1e-12);
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(50, 0.5)]
    [InlineData(100, 0.0)]
    [InlineData(150, 0.0)]
    public void Linear_decay_without_warm_up_starts_at_the_peak(long step, double factor) =>
        Assert.Equal(factor, new WarmupLinearSchedule(0).Factor(step, 100), 1e-12);

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(10, 0.5)]
    [InlineData(20, 1.0)]
    [InlineData(60, 0.5)]
    [InlineData(100, 0.0)]
    [InlineData(1000, 0.0)]
    public void Cosine_rises_then_falls(long step, double factor) =>
        Assert.Equal(factor, new WarmupCosineSchedule(0.2).Factor(step, 100), 1e-12);

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(5, 0.5)]
    [InlineData(10, 1.0)]
    [InlineData(500, 1.0)]
    public void Warm_up_then_constant(long step, double factor) =>
        Assert.Equal(factor, new WarmupConstantSchedule(0.1).Factor(step, 100), 1e-12);

    [Theory]
    [InlineData(ScheduleName.Linear)]
    [InlineData(ScheduleName.Constant)]
    [InlineData(ScheduleName.WarmupConstant)]
    [InlineData(ScheduleName.Cosine)]
    public void Factors_stay_between_0_and_1(ScheduleName name)
    {
        foreach (double warmup in new[] { 0.0, 0.1, 0.5, 0.99 })
        {
            ISchedule schedule = Schedule.From(new() { Schedule = name, Warmup = warmup });
            for (long step = 0; step <= 120; step++)
                Assert.InRange(schedule.Factor(step, 100), 0.0, 1.0);
            Assert.Equal(1.0, schedule.Factor(7, -1));
        }
    }

    private static JsonDocument Golden(string name) => JsonDocument.Parse(File.ReadAllText(TestPaths.Require(TestPaths.Goldens, name)));
}
