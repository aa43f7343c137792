using System.Globalization;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports;
using Decant.Distillation.Training.Schedules;
using Decant.Models;
using Decant.Models.FastBert;
using Decant.Models.Inspection;
using Decant.Models.Students;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch.Random;

namespace Decant.Distillation.Planning;

/// <summary>Reads data and models as an experiment would, and says what it would do and what looks wrong.</summary>
/// <param name="recipe">The experiment.</param>
public sealed class Planner(Recipe recipe)
{
    private readonly List<string> warnings = [];

    /// <summary>Makes the plan.</summary>
    /// <exception cref="DecantException">Something does not fit; the message is that of the run.</exception>
    public ExperimentPlan Plan()
    {
        TaskSplits task = TaskLoader.Load(recipe.Task);
        task.Train.RequireLabels();
        task.Dev.RequireLabels();
        var models = new ModelSet(recipe, task, new RunPaths(recipe.OutputFolder()));
        EncodedDataSet train = EncodedDataSet.Encode(task.Train, models.Tokenizer, recipe.Task.MaxLength);
        EncodedDataSet? unlabelled = UnlabelledTexts.Encode(recipe, task.Train, models.Tokenizer);
        using KnowledgeStore? store = recipe.IsOnline() ? null : OfflineKnowledge.Open(recipe, models, train);
        using IClassifier? teacher = store is null ? Teacher(models, task) : null;
        using IClassifier? student = Student(models);
        TeacherShape? shape = store?.Teacher ?? (teacher is null ? null : new TeacherShape(teacher.Layers, teacher.HiddenSize, teacher.Outputs));
        var stages = new List<StagePlan>();
        if (store is null && recipe.Teacher?.Finetune is { } finetune) stages.Add(Stage("teacher: ", finetune, task, finetune.Unlabelled ? unlabelled! : train, null, teacher));
        stages.AddRange(recipe.Stages.Select(stage => Stage("", stage, task, stage.Unlabelled ? unlabelled! : train, shape, student ?? teacher, models.Projection)));
        return new ExperimentPlan { Facts = Facts(task, train, teacher, student, store), Stages = stages, Warnings = warnings };
    }

    // A teacher that is fine-tuned first may be there from an earlier run; otherwise its shape is that of what it starts from.
    private IClassifier? Teacher(ModelSet models, TaskSplits task)
    {
        if (recipe.Teacher is null) return null;
        if (models.TeacherFolder is not { } folder || !File.Exists(Path.Combine(folder, "config.json"))) return models.NewTeacher(recipe.Seeds[0]);
        IClassifier teacher = models.LoadTeacher();
        EncodedDataSet dev = EncodedDataSet.Encode(task.Dev, models.Tokenizer, recipe.Task.MaxLength);
        EvaluationResult result = new Evaluator(dev, padId: models.Tokenizer.Vocabulary.PaddingId).Evaluate(teacher);
        if (TeacherCheck.LooksUntrained(result, task.Dev) is { } warning) warnings.Add(warning);
        return teacher;
    }

    private IClassifier? Student(ModelSet models) =>
        recipe.Student.From == StudentOptions.FromTeacher && !File.Exists(Path.Combine(models.TeacherFolder!, "config.json"))
            ? null // it is cut from a teacher that is not trained yet
            : models.NewStudent(recipe.Seeds[0]);

    private static StagePlan Stage(string prefix, StageOptions stage, TaskSplits task, EncodedDataSet train, TeacherShape? teacher, IClassifier? student, StudentProjection? projection = null)
    {
        using ObjectiveList objectives = KnownObjectives.Create(stage.Objectives, new ObjectiveSetup
        {
            Task = task.Train.Task,
            StudentLayers = student!.Layers,
            StudentHiddenSize = student.HiddenSize,
            StudentHasBranches = student is FastBertClassifier,
            Teacher = stage.Knowledge == StageKnowledge.Self ? new TeacherShape(student.Layers, student.HiddenSize, student.Outputs) : teacher,
            Projection = projection,
            Random = new RandomStream(0, "plan"),
        });
        StageLength length = StageLength.Of(stage, train.Count);
        KnowledgeRequest needs = objectives.Aggregate(KnowledgeRequest.None, (sum, o) => sum + o.Objective.Needs);
        return new StagePlan(prefix + stage.Name, length.TotalUpdates, (double)length.TotalUpdates / length.UpdatesPerEpoch,
            [.. objectives.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Name} × {o.Objective.Weight:0.####}")
                + (o.Objective.Note(train.MaxLength) is { } note ? $" ({note})" : ""))],
            needs.Describe(), objectives.Select(o => o.Objective.Map).FirstOrDefault(map => map is not null)?.ToTable());
    }

    private List<KeyValuePair<string, string>> Facts(TaskSplits task, EncodedDataSet train, IClassifier? teacher, IClassifier? student, KnowledgeStore? store)
    {
        TaskDefinition definition = task.Train.Task;
        double mean = (double)train.Tokens / train.Sequences;
        var facts = new List<KeyValuePair<string, string>>
        {
            new("task", $"{definition.Name}, {definition.Kind}{(definition.Labels.Count > 0 ? $": {string.Join(", ", definition.Labels)}" : "")}; best by {definition.BestMetric}"),
            new("training", $"{task.Train.Examples.Count:N0} examples, {mean:0.0} tokens on average (limit {recipe.Task.MaxLength}) from {task.Train.Source}"),
            new("dev", $"{task.Dev.Examples.Count:N0} examples from {task.Dev.Source}"),
        };
        if (teacher is not null) facts.Add(new("teacher", Describe(teacher)));
        if (store is not null)
            facts.Add(new("knowledge", $"{store.Path}: {store.Manifest.Records():N0} records, {Units.Bytes(store.Manifest.Bytes())}, of a teacher of {store.Teacher.Layers} layers × {store.Teacher.HiddenSize} ({store.Manifest.Teacher.Source})"));
        if (student is not null) facts.Add(new("student", Describe(student)));
        if (teacher is not null && student is not null)
            facts.Add(new("ratio", $"{(double)teacher.ParameterCount / student.ParameterCount:0.00}× fewer parameters, {ModelCost.Flops(teacher.Config, 128) / ModelCost.Flops(student.Config, 128):0.00}× fewer FLOPs"));
        facts.Add(new("memory", MemoryEstimate.Describe(student ?? teacher!, teacher, recipe.Stages, train)));
        facts.Add(new("seeds", string.Join(", ", recipe.Seeds)));
        facts.Add(new("output", recipe.OutputFolder()));
        return facts;
    }

    private static string Describe(IClassifier model) => string.Create(CultureInfo.InvariantCulture,
        $"{model.Layers} layers × {model.HiddenSize}, {ShapeText.Heads(model.Config)} heads, feed-forward {ShapeText.FeedForward(model.Config)}: {model.ParameterCount / 1e6:0.0} M parameters, {ModelCost.Flops(model.Config, 128) / 1e9:0.00} GFLOPs at 128 tokens");
}
