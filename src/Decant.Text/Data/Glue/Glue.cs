using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Reads the nine tasks of GLUE from their original TSV files.</summary>
public static class Glue
{
    /// <summary>The tasks: cola, sst-2, mrpc, sts-b, qqp, mnli, qnli, rte, wnli.</summary>
    public static IReadOnlyList<TaskDefinition> Tasks { get; } = [.. GlueFormats.All.Select(f => f.Task)];

    /// <summary>Finds a task by its name; letter case, <c>-</c> and <c>_</c> do not matter.</summary>
    /// <param name="name">Such as <c>SST-2</c> or <c>sst2</c>.</param>
    /// <returns>The task, or null if GLUE has none of that name.</returns>
    public static TaskDefinition? Find(string name) => FormatOf(name)?.Task;

    /// <summary>Reads a split of a task.</summary>
    /// <param name="task">Name of the task, as for <see cref="Find"/>.</param>
    /// <param name="folder">The task's folder, or the folder that holds all tasks' folders.</param>
    /// <param name="split">
    /// <c>train</c>, <c>dev</c>, <c>test</c>, or any other file name without <c>.tsv</c>, such as <c>train_aug</c>.
    /// MNLI's <c>dev</c> is <c>dev_matched</c>; ask for <c>dev_mismatched</c> by its name. Test splits have no labels.
    /// </param>
    /// <exception cref="DecantException">Unknown task, missing file, a row without all fields, an unknown label, bytes that are not UTF-8.</exception>
    public static DataSet Load(string task, string folder, string split)
    {
        GlueFormat format = FormatOf(task) ?? throw UnknownTask(task);
        string stem = format.FileOf(split);
        return Read(format, FindFile(format, folder, stem), stem);
    }

    /// <summary>Reads one file in the form of a task's labelled files, wherever it is: augmented examples.</summary>
    /// <param name="task">Name of the task, as for <see cref="Find"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="split">What to call it.</param>
    /// <exception cref="DecantException">As for <see cref="Load"/>.</exception>
    public static DataSet LoadFile(string task, string path, string split) => Read(FormatOf(task) ?? throw UnknownTask(task), path, split);

    internal static GlueFormat? FormatOf(string name) =>
        GlueFormats.All.FirstOrDefault(f => string.Equals(Plain(f.Task.Name), Plain(name), StringComparison.Ordinal));

    private static DataSet Read(GlueFormat format, string path, string split)
    {
        var reader = new GlueReader(format, path, split);
        List<Example> examples = [.. reader.Examples(DelimitedRows.Unquoted(Utf8Lines.Read(path), '\t'))];
        return new DataSet(format.Task, split, examples, path) { SkippedRows = reader.SkippedRows };
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static DecantException UnknownTask(string name)
    {
        string? near = NearestName.Of(name, Tasks.Select(t => t.Name));
        return new DecantException(
            $"GLUE has no task '{name}'.{(near is null ? "" : $" Did you mean {near}?")} Its tasks are {string.Join(", ", Tasks.Select(t => t.Name))}.");
    }

    private static string FindFile(GlueFormat format, string folder, string stem)
    {
        string path = Path.Combine(folder, $"{stem}.tsv");
        if (File.Exists(path)) return path;
        string below = Path.Combine(folder, format.Folder);
        if (File.Exists(Path.Combine(below, $"{stem}.tsv"))) return Path.Combine(below, $"{stem}.tsv");
        if (Directory.Exists(below)) folder = below;
        if (!Directory.Exists(folder)) throw new DecantException($"{folder}: there is no such folder.");
        string[] files = [.. Directory.GetFiles(folder, "*.tsv").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        throw new DecantException(
            $"{folder}: there is no {stem}.tsv. {(files.Length == 0 ? "It holds no TSV file." : $"It holds {string.Join(", ", files)}.")}");
    }
}
