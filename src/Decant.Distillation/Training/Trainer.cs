using System.Globalization;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training.Checkpoints;
using Decant.Distillation.Training.Schedules;
using Decant.Models;
using Decant.Models.Parallel;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Distillation.Training;

/// <summary>
/// The one training loop: fine-tuning and distillation differ only in their objectives. A stage that was stopped goes on from its
/// checkpoint to the same bits as one that was not: batches, dropout and schedule depend on seed and update alone.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly StageOptions stage;
    private readonly TrainingSetup setup;
    private readonly DataParallel model;
    private readonly List<(string Name, Tensor Tensor)> trained;
    private readonly IOptimizer optimizer;
    private readonly ISchedule schedule;
    private readonly StageLength length;
    private readonly BatchStream batches;
    private readonly Dropout dropout;
    private StageProgress progress = new();

    /// <summary>Prepares a stage.</summary>
    /// <param name="stage">The recipe's options.</param>
    /// <param name="setup">Model, data, objectives and where checkpoints go.</param>
    public Trainer(StageOptions stage, TrainingSetup setup)
    {
        (this.stage, this.setup, model) = (stage, setup, new DataParallel(setup.Model));
        if (setup.Loss.NeedsLabels) setup.Train.Data.RequireLabels();
        trained = [.. setup.Model.NamedParameters().Where(p => p.Tensor.RequiresGrad), .. setup.ObjectiveParameters()];
        optimizer = OptimizerFactory.Create(stage.Optimizer, trained);
        schedule = Schedule.From(stage.Optimizer);
        length = StageLength.Of(stage, setup.Train.Count);
        batches = new BatchStream(setup.Train, stage, setup.Seed, setup.PadId);
        dropout = new Dropout(new RandomStream((ulong)setup.Seed, $"{stage.Name}.dropout"));
    }

    /// <summary>Updates of the stage and of its schedule.</summary>
    public StageLength Length => length;

    /// <summary>Trains to the end of the stage and leaves the weights that it hands on in the model.</summary>
    /// <param name="observer">Is told what happens; nothing, when the stage had ended before.</param>
    /// <param name="stop">Cancels: a checkpoint is written first.</param>
    /// <exception cref="TrainingStoppedException">Cancelled; the run can go on from its checkpoint.</exception>
    /// <exception cref="DecantException">A loss or a gradient is not finite, or a file cannot be written.</exception>
    public StageProgress Run(ITrainingObserver observer, CancellationToken stop = default)
    {
        if (setup.Checkpoint.Load(trained, optimizer) is { } saved) progress = saved;
        // A stage that ended before the stop has been told of then: a log that was cut back to its end would lose the stages after it.
        if (progress.Completed) return progress;
        dropout.Stream.Position = progress.DropoutPosition;
        TrainingMemory.Shrink();
        observer.StageStarted(stage.Name, length.TotalUpdates, progress.Update);
        while (!IsDone)
        {
            Update(observer);
            bool ends = progress.Update == length.TotalUpdates, epochEnds = ends || progress.Update % length.UpdatesPerEpoch == 0;
            if (stage.Evaluate.Every.IsDue(progress.Update, epochEnds) || (ends && stage.Evaluate.Every != Cadence.Never)) Evaluate(observer);
            bool stopping = stop.IsCancellationRequested;
            if (stopping || stage.Checkpoint.IsDue(progress.Update, epochEnds)) setup.Checkpoint.Save(progress, trained, optimizer);
            if (stopping) throw new TrainingStoppedException(stage.Name, progress.Update, length.TotalUpdates);
        }
        Complete();
        observer.StageEnded(progress);
        return progress;
    }

    /// <summary>Frees the moments. The model is the caller's.</summary>
    public void Dispose() => optimizer.Dispose();

    private bool IsDone => progress.Update >= length.TotalUpdates
        || (stage.EarlyStop is { } early && progress.EvaluationsWithoutImprovement >= early.Patience);

    private void Update(ITrainingObserver observer)
    {
        long update = progress.Update;
        double rate = stage.Optimizer.LearningRate * schedule.Factor(update, length.ScheduleUpdates);
        StepFigures figures = Accumulate(update);
        try
        {
            optimizer.Step(rate);
        }
        catch (NonFiniteGradientException e)
        {
            throw new DecantException(Diverged($"The gradient of '{e.Parameter}' is not finite, though the loss is", update), e);
        }
        optimizer.ZeroGrad();
        progress = progress with { Update = update + 1, DropoutPosition = dropout.Stream.Position };
        TrainingMemory.Tidy(progress.Update);
        observer.Updated(new UpdateReport(update + 1, length.TotalUpdates, EpochOf(update + 1), rate,
            figures.Loss, figures.Terms, figures.Examples, figures.Tokens));
    }

    // A batch may be cut into parts; their gradients add up to the batch's.
    private StepFigures Accumulate(long update)
    {
        var figures = new StepFigures();
        int examples = batches.Examples(update);
        IReadOnlyList<TokenBatch> parts = batches.Parts(update);
        if (update + 1 < length.TotalUpdates)
            foreach (TokenBatch part in batches.Ahead(update + 1)) setup.Loss.Expect(part);
        var random = new RandomStream((ulong)setup.Seed, string.Create(CultureInfo.InvariantCulture, $"{stage.Name}.batch.{update}"));
        foreach (TokenBatch part in parts)
        {
            using var scope = new TensorScope();
            setup.Loss.Prepare(part, random);
            TrainingBatch batch = TrainingBatch.Create(part, setup.Device);
            (Tensor total, var terms) = setup.Loss.Compute(model, batch, progress.Dropout ? dropout : null);
            double share = (double)part.Examples / examples;
            figures.Add(share, total, terms, part);
            RequireFinite(figures, update);
            (stage.AccumulateMode == AccumulateMode.Sum ? total : total * share).Backward();
        }
        return figures;
    }

    private void RequireFinite(StepFigures figures, long update)
    {
        if (double.IsFinite(figures.Loss)) return;
        string term = figures.Terms.FirstOrDefault(t => !double.IsFinite(t.Value)).Key ?? "their sum";
        throw new DecantException(Diverged($"The loss of '{term}' is {figures.Loss}", update));
    }

    private string Diverged(string what, long update) =>
        $"{what} at update {update + 1} of stage '{stage.Name}'. Nothing of this update was kept. Lower the learning rate or the objective's weight, and go on from the last checkpoint with --resume.";

    private void Evaluate(ITrainingObserver observer)
    {
        EvaluationResult result = setup.Dev.Evaluate(setup.Model);
        bool isBest = progress.BestMetric is not { } best || result.Score > best + (stage.EarlyStop?.MinDelta ?? 0);
        if (isBest && stage.Evaluate.Keep == KeepMode.Best) setup.Checkpoint.SaveBest(progress.Update, trained);
        progress = progress with
        {
            BestMetric = isBest ? result.Score : progress.BestMetric,
            BestUpdate = isBest ? progress.Update : progress.BestUpdate,
            EvaluationsWithoutImprovement = isBest ? 0 : progress.EvaluationsWithoutImprovement + 1,
            Dropout = progress.Dropout && stage.DropoutAfterFirstEval,
        };
        observer.Evaluated(progress.Update, EpochOf(progress.Update), result, isBest);
    }

    private void Complete()
    {
        if (stage.Evaluate.Keep == KeepMode.Best && progress.BestMetric is not null && progress.BestUpdate != progress.Update)
            setup.Checkpoint.LoadBest(progress.BestUpdate, trained);
        progress = progress with { Completed = true };
        setup.Checkpoint.SaveCompleted(progress, trained);
    }

    private double EpochOf(long update) => (double)update / length.UpdatesPerEpoch;
}
