using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Reads a user's own CSV, TSV or JSONL file.</summary>
public static class TableReader
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">Its columns and its task.</param>
    /// <param name="split">Name of the split, such as <c>train</c>.</param>
    /// <param name="task">
    /// The task that the training file gave, so that other splits get the same classes; null takes the labels from
    /// the options, or finds and sorts them.
    /// </param>
    /// <param name="labels">Whether labels must be there. Default <see cref="LabelColumn.Required"/>.</param>
    /// <exception cref="DecantException">
    /// A missing file or column, a row of another width, invalid JSON or UTF-8, a label that is unknown or no number, a repeated id, no rows.
    /// </exception>
    public static DataSet Load(string path, TableOptions options, string split, TaskDefinition? task = null, LabelColumn labels = LabelColumn.Required)
    {
        List<TableRow> rows = [.. TableRows.Read(Utf8Lines.Read(path), options.FormatOf(path), options, labels, path)];
        task ??= rows.Any(r => r.Labels is not null) || (labels == LabelColumn.Required && rows.Count > 0)
            ? TableLabels.Task(options, rows, path)
            : TableLabels.WithLabels(options, options.Labels ?? []);
        var reader = new TableExamples(task, path, split, labels);
        var examples = new List<Example>(rows.Count);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < rows.Count; i++)
        {
            examples.Add(reader.Make(rows[i], i));
            if (!lines.TryAdd(examples[i].Id, rows[i].Line))
                throw new DecantException($"{path}: line {rows[i].Line} has the id '{examples[i].Id}' of line {lines[examples[i].Id]}. Ids must differ.");
        }
        return new DataSet(task, split, examples, path);
    }

    /// <summary>Reads a file one example at a time, in constant memory: for prediction on files of any size.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">Its columns.</param>
    /// <param name="task">The model's task. Labels are read if it is given and the file has them; null leaves them out.</param>
    /// <returns>The examples, with ids <c>row-0</c>, <c>row-1</c>, … unless the options name an id column. Errors come while it is walked through.</returns>
    public static IEnumerable<Example> Stream(string path, TableOptions options, TaskDefinition? task = null) =>
        Examples(Utf8Lines.Read(path), options.FormatOf(path), options, task, path);

    /// <summary>Reads a stream, such as standard input, one example at a time.</summary>
    /// <param name="stream">UTF-8 text; it is left open.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">Its columns; <see cref="TableOptions.Format"/> should be set, plain lines are assumed if it is not.</param>
    /// <param name="task">As for <see cref="Stream(string, TableOptions, TaskDefinition?)"/>.</param>
    public static IEnumerable<Example> Stream(Stream stream, string name, TableOptions options, TaskDefinition? task = null) =>
        Examples(Utf8Lines.Read(stream, name), options.Format ?? TableFormat.Lines, options, task, name);

    private static IEnumerable<Example> Examples(IEnumerable<TextLine> lines, TableFormat format, TableOptions options, TaskDefinition? task, string name)
    {
        LabelColumn labels = task is null ? LabelColumn.Ignored : LabelColumn.Optional;
        var reader = new TableExamples(task ?? TableLabels.WithLabels(options, []), name, "row", labels);
        int index = 0;
        foreach (TableRow row in TableRows.Read(lines, format, options, labels, name)) yield return reader.Make(row, index++);
    }
}
