using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Distillation.Training.Checkpoints;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

/// <summary>A stage that distils a tiny student in a folder of its own. Every <see cref="Run"/> is a process of its own: it knows nothing but the folder.</summary>
internal sealed class TinyRun : IDisposable
{
    private const string Name = "1-distil";
    private readonly TemporaryFolder folder = new();

    /// <summary>
    /// Three epochs of six updates, the last of each on a smaller batch; evaluations and checkpoints fall on other updates.
    /// What is learnt is evaluated on the training split, so that evaluations get better.
    /// </summary>
    public static StageOptions Standard { get; } = new()
    {
        Name = "distil", Epochs = 3, BatchSize = 4, Accumulate = 2,
        Objectives = new ObjectiveMap(
            new ObjectiveEntry("hardLabels", new HardLabelsOptions()),
            new ObjectiveEntry("softLabels", new SoftLabelsOptions { Weight = 0.1, Temperature = 2 }),
            new ObjectiveEntry("patience", new PatienceOptions { Weight = 1 })),
        Optimizer = new OptimizerOptions { LearningRate = 0.001 },
        Evaluate = new EvaluateOptions { Every = Cadence.Every(4) },
        Checkpoint = Cadence.Every(5),
    };

    public StageOptions Stage { get; init; } = Standard;
    public EncodedDataSet Train { get; init; } = TinyTask.Data(22);
    public double Dropout { get; init; } = 0.1;

    /// <summary>Joined to the stage's own.</summary>
    public (string Name, IObjective Objective)? Extra { get; init; }

    /// <summary>Does something to the student before it is trained.</summary>
    public Action<BertClassifier>? Prepare { get; init; }

    public string Folder => folder.Root;
    public string CheckpointPath => Path.Combine(Folder, $"{Name}.checkpoint");
    public string[] Files => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>Trains, or goes on.</summary>
    /// <returns>Where the stage ended, and the student's weights.</returns>
    public (StageProgress Progress, Dictionary<string, float[]> Weights) Run(ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        using BertClassifier student = TinyTask.Model(1, dropout: Dropout);
        Prepare?.Invoke(student);
        using var teacher = new OnlineTeacher(TinyTask.Model(2, layers: 4), 2);
        using ObjectiveList own = KnownObjectives.Create(Stage.Objectives, new ObjectiveSetup
        {
            Task = Train.Data.Task, StudentLayers = student.Layers, StudentHiddenSize = student.HiddenSize, Teacher = teacher.Teacher,
            Random = new RandomStream(1, "objectives"),
        });
        List<(string, IObjective)> objectives = [.. own];
        if (Extra is { } extra) objectives.Add(extra);
        using var trainer = new Trainer(Stage, new TrainingSetup
        {
            Model = student, Train = Train, Dev = new Evaluator(Train), Objectives = objectives,
            Loss = new LossSum(objectives, teacher, TaskKind.SingleLabel),
            Checkpoint = new StageCheckpoint(Folder, Name), Seed = 3,
        });
        StageProgress progress = trainer.Run(observer ?? new Silent(), stop);
        return (progress, WeightsOf(student));
    }

    /// <summary>Trains until it is stopped after an update.</summary>
    public TrainingStoppedException StopAfter(long update)
    {
        using var stop = new CancellationTokenSource();
        return Assert.Throws<TrainingStoppedException>(() => Run(new OnUpdate(u => { if (u.Update == update) stop.Cancel(); }), stop.Token));
    }

    public void Dispose() => folder.Dispose();

    public static Dictionary<string, float[]> WeightsOf(IModel model) =>
        model.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor.ToArray<float>());

    public static void AssertSameBits(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string name, float[] values) in expected) Assert.True(values.AsSpan().SequenceEqual(actual[name]), $"{name} differs");
    }

    /// <summary>Keeps what evaluations said.</summary>
    public sealed class Evaluations : ITrainingObserver
    {
        public List<(long Update, double Score, bool IsBest)> All { get; } = [];

        public void Evaluated(long update, double epoch, EvaluationResult result, bool isBest) => All.Add((update, result.Score, isBest));
    }

    public sealed class Silent : ITrainingObserver;

    public sealed class OnUpdate(Action<UpdateReport> action) : ITrainingObserver
    {
        public void Updated(UpdateReport update) => action(update);
    }
}
