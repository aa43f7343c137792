using System.Runtime.Serialization;
using Decant.Distillation.Recipes;
using Decant.Text.Data;

namespace Decant.Distillation.Experiments;

/// <summary>Reads the splits that a recipe's task names.</summary>
public static class TaskLoader
{
    /// <summary>Reads training and dev split.</summary>
    /// <param name="options">The task of a recipe.</param>
    /// <exception cref="DecantException">A file is missing or malformed.</exception>
    public static TaskSplits Load(TaskOptions options)
    {
        TaskSplits splits = options.Name switch
        {
            TaskName.Own => OwnFiles.Load(options),
            TaskName.Synthetic => SyntheticTask.Load(options),
            TaskName.Race => new TaskSplits(Race.Load(options.Data!, "train"), Race.Load(options.Data!, "dev")),
            _ => LoadGlue(options),
        };
        return splits with
        {
            Train = Limited(splits.Train, options.Limit.Train, options.Metric),
            Dev = Limited(splits.Dev, options.Limit.Dev, options.Metric),
        };
    }

    private static TaskSplits LoadGlue(TaskOptions options)
    {
        string task = NameOf(options.Name);
        string dev = options.Name == TaskName.Mnli ? "dev_matched" : "dev";
        DataSet train = options.Augmented is { } augmented ? Glue.LoadFile(task, augmented, "augmented") : Glue.Load(task, options.Data!, "train");
        return new TaskSplits(train, Glue.Load(task, options.Data!, dev));
    }

    private static DataSet Limited(DataSet data, int? limit, string? metric)
    {
        TaskDefinition task = metric is null ? data.Task : data.Task with
        {
            BestMetric = metric,
            Metrics = data.Task.Metrics.Contains(metric) ? data.Task.Metrics : [.. data.Task.Metrics, metric],
        };
        if (ReferenceEquals(task, data.Task) && (limit is null || limit >= data.Examples.Count)) return data;
        return new DataSet(task, data.Split, limit is { } n ? [.. data.Examples.Take(n)] : data.Examples, data.Source) { SkippedRows = data.SkippedRows };
    }

    /// <summary>A task's name as recipes write it.</summary>
    /// <param name="name">The task.</param>
    public static string NameOf(TaskName name) =>
        typeof(TaskName).GetField(name.ToString())!.GetCustomAttributes(typeof(EnumMemberAttribute), false) is [EnumMemberAttribute { Value: { } text }] ? text : name.ToString();
}

/// <summary>The splits of a task.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Dev">What the best checkpoint is chosen by.</param>
public sealed record TaskSplits(DataSet Train, DataSet Dev)
{
    /// <summary>The vocabulary that comes with synthetic text; null for real data, whose vocabulary is the model's.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }
}
