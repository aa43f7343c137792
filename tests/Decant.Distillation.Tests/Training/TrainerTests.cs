using Decant.Distillation.Recipes;
using Decant.Distillation.Training;

namespace Decant.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Reports_say_what_was_done()
    {
        using var run = new TinyRun();
        var reports = new List<UpdateReport>();
        run.Run(new TinyRun.OnUpdate(reports.Add));
        Assert.Equal(Enumerable.Range(1, 18).Select(u => (long)u), reports.Select(r => r.Update));
        Assert.All(reports, r => Assert.Equal(18, r.TotalUpdates));
        Assert.Equal([4, 4, 4, 4, 4, 2], reports.Take(6).Select(r => r.Examples).OrderDescending());
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(22, reports.Skip(6 * epoch).Take(6).Sum(r => r.Examples));
            Assert.Equal(run.Train.Tokens, reports.Skip(6 * epoch).Take(6).Sum(r => r.Tokens));
        }
        Assert.Equal(0.5, reports[2].Epoch);
        Assert.Equal(0, reports[0].LearningRate);
        Assert.Equal(["hardLabels", "softLabels", "patience"], reports[0].Terms.Select(t => t.Key));
        Assert.All(reports, r => Assert.Equal(r.Terms[0].Value + 0.1 * r.Terms[1].Value + r.Terms[2].Value, r.Loss, 1e-5));
    }

    [Fact]
    public void Early_stop_ends_the_stage_after_evaluations_that_were_no_better()
    {
        StageOptions stage = TinyRun.Standard with
        {
            Epochs = 50, Evaluate = new() { Every = Cadence.Every(2) }, EarlyStop = new() { Patience = 3 },
            Optimizer = new() { LearningRate = 0.02, Schedule = ScheduleName.Constant },
        };
        using var run = new TinyRun { Stage = stage };
        var log = new TinyRun.Evaluations();
        StageProgress progress = run.Run(log).Progress;

        Assert.True(progress.Completed);
        Assert.InRange(progress.Update, 8, 298);
        Assert.Equal(3, progress.EvaluationsWithoutImprovement);
        Assert.Equal(progress.Update, log.All[^1].Update);
        Assert.Equal(progress.BestUpdate, log.All[^4].Update);
        Assert.Equal(log.All.Max(e => e.Score), progress.BestMetric);
        Assert.Equal([true, false, false, false], log.All.TakeLast(4).Select(e => e.IsBest));

        using var stopped = new TinyRun { Stage = stage };
        stopped.StopAfter(progress.Update - 3);
        Assert.Equal(progress, stopped.Run().Progress);
    }

    [Fact]
    public void A_rise_below_the_least_one_is_no_improvement()
    {
        using var run = new TinyRun { Stage = TinyRun.Standard with { Epochs = 50, EarlyStop = new() { Patience = 2, MinDelta = 1 } } };
        StageProgress progress = run.Run().Progress;
        Assert.Equal(12, progress.Update); // one evaluation that counts and two that do not, every four updates
        Assert.Equal(4, progress.BestUpdate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropout_stays_on_after_the_first_evaluation_unless_told_otherwise(bool stays)
    {
        using var run = new TinyRun { Stage = TinyRun.Standard with { DropoutAfterFirstEval = stays } };
        using var short4 = new TinyRun { Stage = TinyRun.Standard with { DropoutAfterFirstEval = stays, Epochs = null, Steps = 4 } };
        ulong atEvaluation = short4.Run().Progress.DropoutPosition, atEnd = run.Run().Progress.DropoutPosition;
        Assert.NotEqual(0ul, atEvaluation);
        Assert.Equal(stays, atEnd > atEvaluation);
    }

    [Fact]
    public void Frozen_parameters_stay_as_they_are_and_out_of_the_checkpoint()
    {
        using var run = new TinyRun { Prepare = student => student.Encoder.WordEmbeddings.RequiresGrad = false };
        using var free = new TinyRun();
        float[] before;
        using (var student = TinyTask.Model(1)) before = TinyRun.WeightsOf(student)["bert.embeddings.word_embeddings.weight"];
        Assert.Equal(before, run.Run().Weights["bert.embeddings.word_embeddings.weight"]);
        Assert.NotEqual(before, free.Run().Weights["bert.embeddings.word_embeddings.weight"]);
        using var file = Torch.Serialization.SafetensorsFile.Open(run.CheckpointPath);
        Assert.DoesNotContain(file.Names, n => n.Contains("word_embeddings"));
        Assert.Contains("weights.classifier.weight", file.Names);
    }

    [Fact]
    public void A_split_without_labels_is_refused()
    {
        using var run = new TinyRun { Train = TinyTask.Data(22, labelled: false) };
        string message = Assert.Throws<DecantException>(() => run.Run()).Message;
        Assert.StartsWith("memory: the train split of tiny has no labels for 22 of 22 examples (first: train-0)", message);
    }
}
