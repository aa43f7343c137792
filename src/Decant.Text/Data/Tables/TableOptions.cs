namespace Decant.Text.Data;

/// <summary>How a user's own file is laid out, and what task it holds.</summary>
public sealed record TableOptions
{
    /// <summary>Name of the task in reports. Default <c>custom</c>.</summary>
    public string Name { get; init; } = "custom";

    /// <summary>What the labels are: one class (default), several labels, or a number. Multiple choice is not read from tables.</summary>
    public TaskKind Kind { get; init; } = TaskKind.SingleLabel;

    /// <summary>Form of the file; null (default) goes by the file name's extension.</summary>
    public TableFormat? Format { get; init; }

    /// <summary>Name of the column or JSON field with the text. Default <c>text</c>.</summary>
    public string Text { get; init; } = "text";

    /// <summary>Name of the column or JSON field with the second text; null (default) for single texts.</summary>
    public string? Pair { get; init; }

    /// <summary>Name of the column or JSON field with the label. Default <c>label</c>. In JSON it may be a text, a number, true or false, or a list of these.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Name of the column or JSON field with a unique id; null (default) numbers the examples: <c>train-0</c>, <c>train-1</c>, …</summary>
    public string? Id { get; init; }

    /// <summary>The labels in class order; null (default) finds them in the first file that is read, and sorts them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>True (default) if the first row of a CSV or TSV file names the columns; otherwise they are named <c>1</c>, <c>2</c>, …</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Separator of a CSV file. Default comma.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Separator of the labels of one example in a CSV or TSV file with several labels. Default <c>;</c>.</summary>
    public char LabelSeparator { get; init; } = ';';

    /// <summary>The form of a file: <see cref="Format"/>, or what its extension says.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">No format is set and the extension says nothing.</exception>
    public TableFormat FormatOf(string path) => Format ?? Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => TableFormat.Csv,
        ".tsv" or ".tab" => TableFormat.Tsv,
        ".jsonl" or ".ndjson" => TableFormat.JsonLines,
        ".txt" => TableFormat.Lines,
        _ => throw new DecantException($"{path}: the extension does not say what form the file has. Rename it to .csv, .tsv, .jsonl or .txt, or set the format."),
    };
}
