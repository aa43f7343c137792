using System.Globalization;
using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.ModelCards;
using Decant.Distillation.Reports.Tables;
using Decant.Models;
using Decant.Models.Inspection;
using Decant.Text.Data;

namespace Decant.Distillation.Experiments;

/// <summary>Writes down, beside a trained model, what it is and how it came about.</summary>
internal static class StudentCard
{
    public static ModelCard Of(Recipe recipe, TaskSplits task, IClassifier model, TeacherShape? teacher, long? teacherParameters, SeedResult result, IReadOnlyDictionary<string, double>? teacherMetrics)
    {
        TaskDefinition definition = task.Train.Task;
        var patience = recipe.Stages.Select(s => s.Objectives.Find("patience")).OfType<PatienceOptions>().FirstOrDefault();
        return new ModelCard
        {
            Name = recipe.Name ?? "student",
            Purpose = definition.Kind == Text.Data.TaskKind.MultipleChoice ? $"multiple choice ({definition.Name})" : $"classification of English text ({definition.Name})",
            PipelineTag = definition.Kind == Text.Data.TaskKind.MultipleChoice ? "multiple-choice" : "text-classification",
            HasAdaptiveExit = recipe.Student.FastBert is not null,
            IsPair = definition.IsPair,
            Labels = definition.Labels,
            Architecture = $"{model.Layers} layers × {model.HiddenSize}, {ShapeText.Heads(model.Config)} heads",
            Parameters = model.ParameterCount,
            Initialisation = recipe.Student.From is null ? null : recipe.Student.From == StudentOptions.FromTeacher ? $"{recipe.Student.Layers} layers of the teacher" : $"{recipe.Student.Layers} layers of {Path.GetFileName(recipe.Student.From.TrimEnd('/'))}",
            Teacher = teacher is null ? null : $"a BERT of {teacher.Layers} layers × {teacher.HiddenSize} ({teacherParameters / 1e6:0.0} M parameters)",
            Data = new ModelCardData { Name = definition.Name, TrainExamples = task.Train.Examples.Count, EvaluationExamples = task.Dev.Examples.Count },
            Objectives = [.. recipe.Stages.SelectMany(s => s.Objectives.Select(o => $"{s.Name}: {o.Options}"))],
            LayerMap = patience is null || teacher is null ? [] : [.. patience.Layers.For(teacher.Layers, model.Layers).Select(p => $"student layer {p.Student} ← teacher layer {p.Teacher}")],
            Procedure = [.. recipe.Stages.SelectMany(Procedure), new("seed", result.Seed.ToString(CultureInfo.InvariantCulture))],
            Evaluation = Scores(recipe, model, teacherParameters, result, teacherMetrics),
            Papers = Papers(recipe, patience),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Procedure(StageOptions stage) =>
    [
        new($"{stage.Name}: length", stage.Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $"{epochs} epochs") : $"{stage.Steps} steps"),
        new($"{stage.Name}: batch size", stage.BatchSize.ToString(CultureInfo.InvariantCulture)),
        new($"{stage.Name}: optimiser", string.Create(CultureInfo.InvariantCulture, $"{stage.Optimizer.Name}, learning rate {stage.Optimizer.LearningRate}, warm-up {stage.Optimizer.Warmup}, {stage.Optimizer.Schedule} schedule")),
    ];

    private static ComparisonTable Scores(Recipe recipe, IClassifier model, long? teacherParameters, SeedResult result, IReadOnlyDictionary<string, double>? teacherMetrics)
    {
        var rows = new List<ComparisonRow> { Row(recipe.Name ?? "student", result.Metrics, model.ParameterCount, isTeacher: false) };
        if (teacherMetrics is not null) rows.Add(Row("teacher", teacherMetrics, teacherParameters, isTeacher: true));
        return new ComparisonTable { Scores = [.. result.Metrics.Keys.OrderBy(m => m == result.BestMetric ? 0 : 1).Select(ScoreColumn.Of)], Rows = rows };
    }

    private static ComparisonRow Row(string system, IReadOnlyDictionary<string, double> metrics, long? parameters, bool isTeacher) => new()
    {
        System = system, IsTeacher = isTeacher, Parameters = parameters,
        Scores = metrics.ToDictionary(m => m.Key, m => new SeedStatistics(m.Value)),
    };

    private static IReadOnlyList<Paper> Papers(Recipe recipe, PatienceOptions? patience)
    {
        var papers = new List<Paper> { Reports.ModelCards.Papers.Bert };
        if (recipe.Teacher is not null) papers.Add(Reports.ModelCards.Papers.SoftLabels);
        if (patience is not null) papers.Add(Reports.ModelCards.Papers.Patience);
        if (recipe.Student.FastBert is not null) papers.Add(Reports.ModelCards.Papers.FastBert);
        return papers;
    }
}
