using System.Text.Json;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Distillation.Training.Schedules;
using Decant.Torch;
using Decant.Torch.Optim;

namespace Decant.Tests.Training.Optimizers;

/// <summary>Adam and its schedules against the papers' own optimisers, update by update.</summary>
public class OptimizerGoldenTests
{
    [SkippableFact]
    public void BertAdam_and_its_schedules_are_the_official_ones()
    {
        using Golden golden = Golden.Open("bertadam");
        using var scope = new TensorScope();
        int number = 0;
        foreach (JsonElement @case in golden.Settings.GetProperty("cases").EnumerateArray())
        {
            OptimizerOptions options = new()
            {
                LearningRate = @case.GetProperty("lr").GetDouble(),
                Warmup = @case.GetProperty("warmup").GetDouble(),
                Schedule = @case.GetProperty("schedule").GetString() == "none" ? ScheduleName.Constant : ScheduleName.Linear,
                Betas = [golden.Settings.GetProperty("b1").GetDouble(), golden.Settings.GetProperty("b2").GetDouble()],
                Epsilon = golden.Settings.GetProperty("e").GetDouble(),
                Clip = golden.Settings.GetProperty("max_grad_norm").GetDouble(),
            };
            (string Name, Tensor Tensor)[] parameters = Parameters(golden);
            using IOptimizer optimizer = OptimizerFactory.Create(options, parameters);
            ISchedule schedule = Schedule.From(options);
            long total = @case.GetProperty("t_total").GetInt64();

            string prefix = $"case{number++}";
            double[] rates = [.. golden.Scalars.GetProperty($"{prefix}_lr").EnumerateArray().Select(e => e.GetDouble())];
            for (int step = 1; step <= rates.Length; step++)
            {
                double rate = options.LearningRate * schedule.Factor(step - 1, total);
                Assert.Equal(rates[step - 1], rate, 1e-15);
                Step(golden, optimizer, parameters, step, rate, prefix);
            }
            foreach ((string name, Tensor moment) in optimizer.State())
                golden.AssertClose($"out.{prefix}." + name.Replace("exp_avg_sq", "v").Replace("exp_avg", "m"), moment);
        }
        Assert.True(number > 0);
    }

    // FastBERT's own AdamW adds ε before the bias correction and decays after the update; without both it is this library's.
    [SkippableTheory]
    [InlineData("distilbert")] // torch.optim.AdamW and a clip by the global norm
    [InlineData("uer_adamw_nodecay")] // what run_fastbert really does
    public void AdamW_is_that_of(string @case)
    {
        using Golden golden = Golden.Open("optimizers");
        using var scope = new TensorScope();
        AdamOptions options = @case == "distilbert"
            ? AdamOptions.AdamW with { Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-6, WeightDecay = 0, MaxGradNorm = 5 }
            : AdamOptions.BertAdam with { WeightDecay = 0, MaxGradNorm = 0 };
        (string Name, Tensor Tensor)[] parameters = Parameters(golden);
        using var optimizer = new Adam(parameters, options);
        double[] rates = [.. golden.Scalars.GetProperty($"lr_{@case}").EnumerateArray().Select(e => e.GetDouble())];
        for (int step = 1; step <= rates.Length; step++) Step(golden, optimizer, parameters, step, rates[step - 1], @case);
    }

    [SkippableFact]
    public void The_linear_schedule_is_that_of_transformers()
    {
        using Golden golden = Golden.Open("optimizers");
        double[] factors = [.. golden.Scalars.GetProperty("linear_schedule_w3_t10").EnumerateArray().Select(e => e.GetDouble())];
        var schedule = new WarmupLinearSchedule(0.3);
        for (int step = 0; step < factors.Length; step++) Assert.Equal(factors[step], schedule.Factor(step, 10), 1e-15);
    }

    private static void Step(Golden golden, IOptimizer optimizer, (string Name, Tensor Tensor)[] parameters, int step, double rate, string @case)
    {
        using var scope = new TensorScope();
        foreach ((string name, Tensor tensor) in parameters) tensor.Grad = golden[$"in.grad.{step}.{name}"];
        optimizer.Step(rate);
        foreach ((string name, Tensor tensor) in parameters) golden.AssertClose($"out.{@case}.{step}.{name}", tensor);
        optimizer.ZeroGrad();
    }

    private static (string Name, Tensor Tensor)[] Parameters(Golden golden) =>
        [.. golden.Settings.GetProperty("shapes").EnumerateObject().Select(p =>
        {
            Tensor tensor = golden["w." + p.Name];
            tensor.RequiresGrad = true;
            return (p.Name, tensor);
        })];
}
