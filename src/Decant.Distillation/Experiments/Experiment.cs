using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.ModelCards;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Experiments;

/// <summary>Runs a recipe: fine-tunes the teacher where the recipe asks for it, trains a student for every seed, and writes the run folder.</summary>
/// <param name="recipe">The experiment.</param>
/// <param name="observer">Is told what happens.</param>
public sealed class Experiment(Recipe recipe, IExperimentObserver observer)
{
    private readonly RunPaths paths = new(recipe.OutputFolder());

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="resume">Goes on where an earlier run of the same recipe stopped; otherwise everything is trained afresh.</param>
    /// <param name="stop">Cancels; the state is saved first.</param>
    /// <exception cref="DecantException">Something is wrong with the data, the models or the recipe.</exception>
    /// <exception cref="Training.TrainingStoppedException">Cancelled.</exception>
    public RunResult Run(bool resume = false, CancellationToken stop = default)
    {
        if (recipe.Threads > 0) TorchRuntime.Threads = recipe.Threads;
        Device device = DeviceChoice.Of(recipe.Device);
        TaskSplits task = TaskLoader.Load(recipe.Task);
        var models = new ModelSet(recipe, task, paths);
        EncodedDataSet train = EncodedDataSet.Encode(task.Train.RequireLabels(), models.Tokenizer, recipe.Task.MaxLength);
        EncodedDataSet dev = EncodedDataSet.Encode(task.Dev.RequireLabels(), models.Tokenizer, recipe.Task.MaxLength);
        EncodedDataSet? unlabelled = UnlabelledTexts.Encode(recipe, task.Train, models.Tokenizer);
        Prepare(resume);

        SeedRun Seeded(RunPaths folder, IReadOnlyList<StageOptions> stages, int seed, ModelDirectory? source, IKnowledgeSource? knowledge, Func<IClassifier, SeedResult, ModelCard>? card) => new()
        {
            Paths = folder, Stages = stages, Train = train, TrainUnlabelled = unlabelled, Dev = dev, Models = models, Seed = seed, Device = device, Source = source, Knowledge = knowledge, Card = card,
        };

        if (recipe.IsOnline() && recipe.Teacher?.Finetune is { } finetune)
            Train("teacher", Seeded(paths.Teacher, [finetune], recipe.Seeds[0], models.TeacherCheckpoint, null, null), () => models.NewTeacher(recipe.Seeds[0]), resume, stop);
        using OnlineTeacher? teacher = NeedsTeacher && recipe.IsOnline() ? LoadTeacher(models, device) : null;
        using KnowledgeStore? store = NeedsTeacher && !recipe.IsOnline() ? OfflineKnowledge.Open(recipe, models, train) : null;
        IKnowledgeSource? knowledge = (IKnowledgeSource?)teacher ?? store;
        Dictionary<string, double>? teacherMetrics = teacher is null ? store?.Manifest.Teacher.Metrics?.ToDictionary() : MeasureTeacher(teacher, dev, models.Tokenizer.Vocabulary.PaddingId, device);
        long? teacherParameters = teacher?.ParameterCount ?? store?.Manifest.Teacher.Parameters;

        ModelCard Card(IClassifier model, SeedResult result) => StudentCard.Of(recipe, task, model, knowledge?.Teacher, teacherParameters, result, teacherMetrics);

        var seeds = new List<SeedResult>();
        foreach (int seed in recipe.Seeds)
            seeds.Add(Train($"student, seed {seed}", Seeded(paths.Seed(seed), [.. recipe.Stages], seed, models.StudentCheckpoint, knowledge, Card), () => models.NewStudent(seed), resume, stop));

        var result = new RunResult
        {
            Name = recipe.Name ?? "recipe",
            Task = task.Train.Task.Name,
            BestMetric = task.Train.Task.BestMetric,
            Seeds = seeds,
            BestSeed = seeds.MaxBy(s => s.Score())!.Seed,
            Teacher = teacherMetrics,
            TeacherParameters = teacherParameters,
        };
        ResultFile.Write(paths.Result, result);
        return result;
    }

    private bool NeedsTeacher => (recipe.Teacher is not null || !recipe.IsOnline())
        && recipe.Stages.Any(s => s.Knowledge == StageKnowledge.Recipe && s.Objectives.Any(o => o.Name != "hardLabels"));

    private SeedResult Train(string what, SeedRun run, Func<IClassifier> create, bool resume, CancellationToken stop)
    {
        observer.TrainingStarted(what);
        (SeedResult result, bool reused) = run.Run(create, observer, resume, stop);
        observer.TrainingEnded(what, result, reused);
        return result;
    }

    private OnlineTeacher LoadTeacher(ModelSet models, Device device)
    {
        IClassifier model = models.LoadTeacher();
        model.MoveTo(device);
        Dropout? dropout = recipe.Teacher!.Dropout ? new Dropout(new RandomStream((ulong)recipe.Seeds[0], "teacher.dropout")) : null;
        return new OnlineTeacher(model, model.Outputs, dropout, models.Tokenizer.Vocabulary.SeparatorId);
    }

    private Dictionary<string, double> MeasureTeacher(OnlineTeacher teacher, EncodedDataSet dev, int padId, Device device)
    {
        EvaluationResult result = teacher.Evaluate(new Evaluator(dev, padId: padId, device: device));
        var metrics = result.Metrics.ToDictionary();
        observer.TeacherEvaluated(metrics);
        if (TeacherCheck.LooksUntrained(result, dev.Data) is { } warning) observer.Warned(warning);
        return metrics;
    }

    private void Prepare(bool resume)
    {
        var file = new RecipeFile(KnownObjectives.Catalog);
        if (resume && File.Exists(paths.Recipe) && file.Load(paths.Recipe) with { Seeds = recipe.Seeds } != recipe)
            throw new DecantException($"{paths.Root} was made by another recipe (see {paths.Recipe}), so it cannot be gone on with. Leave --resume away to start afresh, or choose another --output.");
        AtomicFile.WriteText(paths.Recipe, RecipeWriter.ToYaml(recipe));
        EnvironmentJson.Write(paths.Environment, EnvironmentInfo.Capture(TorchRuntime.Version, TorchRuntime.Threads));
    }
}
