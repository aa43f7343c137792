using System.Text.Json;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Training;

/// <summary>Training with PKD and with vanilla KD, update by update, against the released PKD code's own loop.</summary>
public class PkdTraceGoldenTests
{
    [SkippableTheory]
    [InlineData("A", false)]
    [InlineData("A", true)] // the teacher runs along instead of being read
    [InlineData("B", false)]
    [InlineData("B", true)]
    [InlineData("KD", false)]
    [InlineData("KD", true)]
    public void The_trainer_makes_the_official_updates(string variant, bool online)
    {
        using Golden golden = Golden.Open("pkd_trace");
        using var scope = new TensorScope();
        using var trace = new PkdTrace(golden, variant, online);
        var model = new RecordingModel(trace.Student);
        var updates = new Updates(trace, variant);
        using (Trainer trainer = trace.Trainer(model)) trainer.Run(updates);

        Assert.Equal(golden[$"out.{variant}.loss"].Count, updates.Reports.Count);
        for (int step = 0; step < updates.Reports.Count; step++)
        {
            UpdateReport report = updates.Reports[step];
            AssertNear($"learning rate {step + 1}", Expected(golden, variant, "learning_rate_per_step", step), report.LearningRate, 1e-12);
            CompareLosses(golden, variant, step, report, trace.Beta);
            golden.AssertClose($"out.{variant}.logits.{step + 1}", Tensor.From(model.Logits[step], golden[$"out.{variant}.logits.{step + 1}"].Shape), absolute: 5e-5);
        }
        CompareWeights(trace, $"out.{variant}.final.");
    }

    [SkippableFact]
    public void Gradients_of_the_first_two_batches_are_the_official_ones()
    {
        using Golden golden = Golden.Open("pkd_trace");
        using var trace = new PkdTrace(golden, "A");
        // The first update has rate 0, so both batches see the first weights.
        var batches = new BatchStream(trace.Data, trace.Stage, seed: 1);
        for (int step = 1; step <= 2; step++)
        {
            using var scope = new TensorScope();
            TrainingBatch batch = TrainingBatch.Create(batches.Parts(step - 1).Single());
            ModelOutput output = trace.Student.Forward(batch.Input, trace.Loss.Observes);
            trace.Loss.Compute(output, batch).Total.Backward();
            int compared = 0;
            foreach ((string name, Tensor tensor) in trace.Student.NamedParameters())
            {
                if (IsNoise(golden, name)) continue;
                golden.AssertGradient($"grad.A.step{step}.{name}", tensor.Grad!);
                tensor.Grad = null;
                compared++;
            }
            Assert.True(compared > 50, $"only {compared} gradients were compared");
        }
    }

    private static void CompareLosses(Golden golden, string variant, int step, UpdateReport report, double beta)
    {
        double Term(string name) => report.Terms.Where(t => t.Key == name).Select(t => t.Value).FirstOrDefault();
        // The golden's own single precision is 3e-5 away from its rerun in double precision (checks.float64_rerun).
        AssertNear($"{variant} ce {step + 1}", Expected(golden, variant, "ce", step), Term("hardLabels"), 1e-5, 2e-5);
        AssertNear($"{variant} kd {step + 1}", Expected(golden, variant, "kd", step), Term("softLabels"), 1e-5, 2e-5);
        // The official code rounds patience to half precision, before and after its weight, in what it reports; not in the gradient.
        double patience = (double)(Half)((double)(Half)Term("patience") * beta);
        AssertNear($"{variant} patience {step + 1}", Expected(golden, variant, "patience", step), patience, 1e-3);
        AssertNear($"{variant} loss {step + 1}", Expected(golden, variant, "loss", step), report.Loss - Term("patience") * beta + patience, 1e-3);
    }

    private static void CompareWeights(PkdTrace trace, string prefix)
    {
        int compared = 0;
        foreach ((string name, Tensor tensor) in trace.Student.NamedParameters())
        {
            if (IsNoise(trace.Golden, name)) continue;
            trace.Golden.AssertClose(prefix + name, tensor, relative: 0, absolute: 5e-5);
            compared++;
        }
        Assert.True(compared > 50, $"only {compared} weights were compared");
    }

    // A key bias has a true gradient of 0, so that only rounding moves it.
    private static bool IsNoise(Golden golden, string name) =>
        golden.Settings.GetProperty("noise_dominated_tensors").EnumerateArray().Any(e => e.GetString() == name);

    private static double Expected(Golden golden, string variant, string series, int step) =>
        golden.Scalars.GetProperty(variant).GetProperty(series)[step].GetDouble();

    private static void AssertNear(string what, double expected, double actual, double relative, double absolute = 1e-12) =>
        Assert.True(Math.Abs(expected - actual) <= absolute + relative * Math.Abs(expected), $"{what}: expected {expected:R}, got {actual:R}");

    private sealed class Updates(PkdTrace trace, string variant) : ITrainingObserver
    {
        public List<UpdateReport> Reports { get; } = [];

        public void Updated(UpdateReport update)
        {
            Reports.Add(update);
            if (update.Update == 2 && variant == "A") CompareWeights(trace, "out.A.after2.");
        }
    }
}
