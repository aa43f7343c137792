using System.ComponentModel.DataAnnotations;
using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Recipes.Binding;
using Decant.Text.Data;

namespace Decant.Distillation.Recipes;

/// <summary>The task and where its examples are.</summary>
public sealed record TaskOptions : IRecipeRules
{
    /// <summary>A GLUE task, <c>race</c>, <c>synthetic</c>, or <c>own</c> for the user's own files. Required.</summary>
    public required TaskName Name { get; init; }

    /// <summary>The task's folder, with its files under their original names. Needed for GLUE and RACE.</summary>
    public string? Data { get; init; }

    /// <summary>Own files: the training examples.</summary>
    public string? Train { get; init; }

    /// <summary>
    /// Train on this file in place of the training examples: what <c>decant augment</c> wrote, in the form of the task's own file. It holds the
    /// original examples too. Not for RACE and synthetic text. Default: none.
    /// </summary>
    public string? Augmented { get; init; }

    /// <summary>Own files: the examples on which the best model is chosen.</summary>
    public string? Dev { get; init; }

    /// <summary>Own files: the examples that are only predicted or evaluated at the end. Default: none.</summary>
    public string? Test { get; init; }

    /// <summary>
    /// CSV, TSV or JSONL files of more texts, one or a list, for stages that say <c>unlabelled: true</c>; their columns are <see cref="Text"/> and
    /// <see cref="Pair"/>, also for a known task, and labels in them are not read. Default: none.
    /// </summary>
    public ValueList<string>? Unlabelled { get; init; }

    /// <summary>Own files: <c>auto</c> (by extension), <c>csv</c>, <c>tsv</c> or <c>jsonl</c>. Default: auto.</summary>
    public FileFormat Format { get; init; } = FileFormat.Auto;

    /// <summary>Own files: name of the column with the text. Default: text.</summary>
    public string Text { get; init; } = "text";

    /// <summary>Own files: name of the column with the second text of a pair. Default: none, single texts.</summary>
    public string? Pair { get; init; }

    /// <summary>Own files: name of the column with the label. Default: label.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Own files: the labels, in class order. Default: those of the training file, sorted by code point.</summary>
    public ValueList<string>? Labels { get; init; }

    /// <summary>Own files: <c>singleLabel</c>, <c>multiLabel</c> or <c>regression</c>. Default: singleLabel.</summary>
    public TaskKind Kind { get; init; } = TaskKind.SingleLabel;

    /// <summary>How much synthetic text is made. Only for <c>name: synthetic</c>.</summary>
    public SyntheticOptions? Synthetic { get; init; }

    /// <summary>Longest input in word pieces, special ones included, 8 to 512. Default: 128 (PKD code, GLUE; RACE uses 512).</summary>
    [Range(8, 512)]
    public int MaxLength { get; init; } = 128;

    /// <summary>Use only the first examples of a split. Default: all.</summary>
    public LimitOptions Limit { get; init; } = new();

    /// <summary>The dev metric that chooses the best model, for example <c>accuracy</c> or <c>f1</c>. Default: the task's own.</summary>
    public string? Metric { get; init; }

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        bool own = Name == TaskName.Own, synthetic = Name == TaskName.Synthetic;
        if (!own && !synthetic && Data is null)
            yield return new("data", "is missing; name the folder with the task's files");
        if (own && Train is null)
            yield return new("train", "is missing; name the file with the training examples");
        if (own && Dev is null)
            yield return new("dev", "is missing; name the file with the examples on which the best model is chosen");
        if (!own && (Train ?? Dev ?? Test) is not null)
            yield return new(Train is not null ? "train" : Dev is not null ? "dev" : "test", "is only for a task named 'own'; a known task takes its files from 'data'");
        if (Augmented is not null && Name is (TaskName.Race or TaskName.Synthetic))
            yield return new("augmented", "is only for GLUE tasks and own files");
        if (!synthetic && Synthetic is not null)
            yield return new("synthetic", "is only for a task named 'synthetic'");
        if (Kind == TaskKind.MultipleChoice && own)
            yield return new("kind", "cannot be multipleChoice for own files; only RACE has that form");
        if (Labels is { } labels && labels.Distinct().Count() != labels.Count)
            yield return new("labels", "names a label twice");
        if (Metric is { } metric && !MetricSet.KnownNames.Contains(metric))
            yield return new("metric", $"is '{metric}', which is no metric. {KeyHint.For(metric, "metrics", MetricSet.KnownNames)}");
    }
}

/// <summary>Size and seed of synthetic text.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Seed of the generator. Default: 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Training examples, 1 to 10 million. Default: 4000.</summary>
    [Range(1, 10_000_000)]
    public int Train { get; init; } = 4000;

    /// <summary>Dev examples, 1 to 10 million. Default: 1000.</summary>
    [Range(1, 10_000_000)]
    public int Dev { get; init; } = 1000;

    /// <summary>Test examples, 0 to 10 million. Default: 0.</summary>
    [Range(0, 10_000_000)]
    public int Test { get; init; }
}

/// <summary>How many examples of a split are used, for quick trials.</summary>
public sealed record LimitOptions
{
    /// <summary>Most training examples. Default: all.</summary>
    [Range(1, int.MaxValue)]
    public int? Train { get; init; }

    /// <summary>Most dev examples. Default: all.</summary>
    [Range(1, int.MaxValue)]
    public int? Dev { get; init; }
}
