using System.Diagnostics;
using System.Globalization;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports.ModelCards;
using Decant.Distillation.Training;
using Decant.Distillation.Training.Checkpoints;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Experiments;

/// <summary>Trains one model with one seed through all stages, and writes it, its figures and its log to a folder.</summary>
internal sealed class SeedRun
{
    public required RunPaths Paths { get; init; }
    public required IReadOnlyList<StageOptions> Stages { get; init; }
    public required EncodedDataSet Train { get; init; }
    /// <summary>The training examples and the texts without labels; null where there are none.</summary>
    public EncodedDataSet? TrainUnlabelled { get; init; }

    public required EncodedDataSet Dev { get; init; }
    public required ModelSet Models { get; init; }
    public required int Seed { get; init; }
    public required Device Device { get; init; }

    /// <summary>The checkpoint that the model starts from; null for one from scratch or from the recipe's teacher.</summary>
    public ModelDirectory? Source { get; init; }

    /// <summary>Where knowledge comes from; null for fine-tuning.</summary>
    public IKnowledgeSource? Knowledge { get; init; }

    /// <summary>Describes the trained model; null writes no card.</summary>
    public Func<IClassifier, SeedResult, ModelCard>? Card { get; init; }

    /// <summary>Trains, or goes on, or finds that all is done.</summary>
    public (SeedResult Result, bool Reused) Run(Func<IClassifier> create, IExperimentObserver observer, bool resume, CancellationToken stop)
    {
        if (resume && ResultFile.Read<SeedResult>(Paths.Result) is { } done && Directory.Exists(Paths.Model)) return (done, true);
        if (!resume) Clear();
        var watch = Stopwatch.StartNew();
        using IClassifier model = create();
        model.MoveTo(Device);
        using var log = new RunLog(Paths, observer);
        long updates = TrainStages(model, log, stop);
        EvaluationResult dev = new Evaluator(Dev, Stages[^1].EvalBatchSize, PadId, Device).Evaluate(model, stop);
        Models.Save(model, Paths.Model);
        var result = new SeedResult
        {
            Seed = Seed,
            Metrics = dev.Metrics.ToDictionary(),
            BestMetric = dev.BestMetric,
            Parameters = model.ParameterCount,
            Updates = updates,
            Seconds = watch.Elapsed.TotalSeconds,
        };
        if (Card is not null) ModelCardWriter.Write(Path.Combine(Paths.Model, "README.md"), Card(model, result));
        ResultFile.Write(Paths.Result, result);
        // The model is written whole; the way to it is no longer needed.
        if (Directory.Exists(Paths.Checkpoints)) Directory.Delete(Paths.Checkpoints, recursive: true);
        return (result, false);
    }

    private int PadId => Models.Tokenizer.Vocabulary.PaddingId;

    private long TrainStages(IClassifier model, RunLog log, CancellationToken stop)
    {
        long updates = 0;
        double epochs = 0;
        for (int i = 0; i < Stages.Count; i++)
        {
            StageOptions stage = Stages[i];
            var checkpoint = new StageCheckpoint(Paths.Checkpoints, $"{(i + 1).ToString(CultureInfo.InvariantCulture)}-{stage.Name}");
            Freeze(model, stage);
            using SelfSource? self = stage.Knowledge == StageKnowledge.Self ? new SelfSource(model, model.Outputs) : null;
            IKnowledgeSource? knowledge = (IKnowledgeSource?)self ?? Knowledge;
            using ObjectiveList objectives = KnownObjectives.Create(stage.Objectives, Setup(model, knowledge));
            using var trainer = new Trainer(stage, new TrainingSetup
            {
                Model = model,
                Train = stage.Unlabelled ? TrainUnlabelled! : Train,
                Dev = new Evaluator(Dev, stage.EvalBatchSize, PadId, Device),
                Loss = new LossSum(objectives, knowledge, Train.Data.Task.Kind),
                Objectives = objectives,
                Checkpoint = checkpoint,
                Seed = Seed,
                PadId = PadId,
                Device = Device,
            });
            log.StartAt(updates, epochs);
            StageProgress progress = trainer.Run(log, stop);
            updates += progress.Update;
            epochs += (double)progress.Update / trainer.Length.UpdatesPerEpoch;
        }
        return updates;
    }

    private static void Freeze(IClassifier model, StageOptions stage)
    {
        if (model is not FastBertClassifier fast) return;
        fast.Train(stage.Train);
        fast.DropoutWhereFrozen = stage.FrozenDropout;
    }

    private ObjectiveSetup Setup(IClassifier model, IKnowledgeSource? knowledge) => new()
    {
        Task = Train.Data.Task,
        StudentLayers = model.Layers,
        StudentHiddenSize = model.HiddenSize,
        Encoder = model.Encoder,
        Vocabulary = Models.Tokenizer.Vocabulary,
        Source = Source,
        StudentHasBranches = model is FastBertClassifier,
        Teacher = knowledge?.Teacher,
        Projection = Models.Projection,
        Random = new RandomStream((ulong)Seed, "objectives"),
        Device = Device,
    };

    private void Clear()
    {
        foreach (string folder in new[] { Paths.Checkpoints, Paths.Model, Paths.TensorBoard })
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (File.Exists(Paths.Result)) File.Delete(Paths.Result);
    }
}
