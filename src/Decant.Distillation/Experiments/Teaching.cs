using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Experiments;

/// <summary>Writes the knowledge store of a recipe: what all of its stages need of the teacher, for its training examples.</summary>
public sealed class Teaching
{
    private readonly Recipe recipe;
    private readonly StoreBuildOptions options;
    private readonly RunPaths paths;
    private readonly TaskSplits task;
    private readonly ModelSet models;
    private readonly EncodedDataSet train;

    /// <summary>Reads data and tokenizer.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="path">The store's folder; null for the recipe's <c>knowledge</c>, or <c>knowledge</c> in its run folder, with the part's number for a part.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="DecantException">The recipe has no teacher, or its data cannot be read.</exception>
    public Teaching(Recipe recipe, string? path = null, StoreBuildOptions? options = null)
    {
        if (recipe.Teacher is null) throw new DecantException("The recipe has no teacher whose knowledge could be written down; add a 'teacher' section.");
        OfflineKnowledge.RequireNoDropout(recipe);
        (this.recipe, this.options, paths) = (recipe, options ?? new StoreBuildOptions(), new RunPaths(recipe.OutputFolder()));
        string whole = recipe.IsOnline() ? System.IO.Path.Combine(paths.Root, "knowledge") : recipe.Knowledge;
        Path = path ?? (this.options.Parts == 1 ? whole : $"{whole}.part-{this.options.Part}-of-{this.options.Parts}");
        task = TaskLoader.Load(recipe.Task);
        models = new ModelSet(recipe, task, paths);
        train = EncodedDataSet.Encode(task.Train, models.Tokenizer, recipe.Task.MaxLength);
    }

    /// <summary>The store's folder.</summary>
    public string Path { get; }

    /// <summary>What the store will take; the teacher need not be trained yet.</summary>
    public StoreEstimate Estimate()
    {
        ModelDirectory teacher = models.LocalTeacherFolder is { } folder ? ModelDirectory.Open(folder) : ModelLocation.Open(recipe.Teacher!.From!);
        return Builder(new StoreTeacher
        {
            Fingerprint = "", Layers = teacher.Config.Layers, HiddenSize = teacher.Config.HiddenSize, Outputs = task.Train.Task.Outputs, Parameters = 0, Source = teacher.Path,
        }).Estimate();
    }

    /// <summary>Fine-tunes the teacher where the recipe asks for it and that is not done, then builds what is not there yet.</summary>
    /// <param name="observer">Is told about the teacher.</param>
    /// <param name="progress">Is told how the store gets on.</param>
    /// <param name="stop">Cancels; the same call goes on later.</param>
    /// <returns>The finished store's manifest.</returns>
    public StoreManifest Run(IExperimentObserver observer, IStoreBuildObserver progress, CancellationToken stop = default)
    {
        if (recipe.Threads > 0) TorchRuntime.Threads = recipe.Threads;
        Device device = DeviceChoice.Of(recipe.Device);
        EncodedDataSet dev = EncodedDataSet.Encode(task.Dev.RequireLabels(), models.Tokenizer, recipe.Task.MaxLength);
        if (recipe.Teacher!.Finetune is { } finetune) FineTune(finetune, dev, device, observer, stop);
        IClassifier model = models.LoadTeacher();
        model.MoveTo(device);
        using var teacher = new OnlineTeacher(model, model.Outputs, separatorId: models.Tokenizer.Vocabulary.SeparatorId);
        EvaluationResult result = teacher.Evaluate(new Evaluator(dev, padId: models.Tokenizer.Vocabulary.PaddingId, device: device));
        observer.TeacherEvaluated(result.Metrics.ToDictionary());
        if (TeacherCheck.LooksUntrained(result, dev.Data) is { } warning) observer.Warned(warning);
        return Builder(new StoreTeacher
        {
            Fingerprint = TeacherFingerprint.Of(ModelDirectory.Open(models.TeacherFolder!)),
            Layers = model.Layers, HiddenSize = model.HiddenSize, Outputs = model.Outputs, Parameters = model.ParameterCount,
            Source = models.TeacherFolder!, Metrics = result.Metrics.ToDictionary(),
        }).Build(teacher, device, progress, stop);
    }

    private StoreBuilder Builder(StoreTeacher teacher) => new(Path, new StoreSource
    {
        Teacher = teacher,
        Tokenizer = models.Tokenizer.Fingerprint,
        Data = train,
        Request = RecipeRequest.Of(recipe, task.Train.Task, teacher.Shape(), models),
        PadId = models.Tokenizer.Vocabulary.PaddingId,
    }, options);

    private void FineTune(StageOptions stage, EncodedDataSet dev, Device device, IExperimentObserver observer, CancellationToken stop)
    {
        var run = new SeedRun { Paths = paths.Teacher, Stages = [stage], Train = train, Dev = dev, Models = models, Seed = recipe.Seeds[0], Device = device };
        observer.TrainingStarted("teacher");
        (SeedResult result, bool reused) = run.Run(() => models.NewTeacher(recipe.Seeds[0]), observer, resume: true, stop);
        observer.TrainingEnded("teacher", result, reused);
    }
}
