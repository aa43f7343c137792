using Decant.Text.Data;

namespace Decant.Text.Augmentation;

/// <summary>A file of examples whose texts are replaced and whose other columns are copied: a GLUE task's TSV, or an own CSV, TSV or JSONL file.</summary>
public abstract class AugmentationTable
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Rows that hold an example.</summary>
    public required int Count { get; init; }

    /// <summary>Opens a split of a GLUE task; every row is checked first.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="folder">The task's folder, or the folder that holds all tasks' folders.</param>
    /// <param name="split">The split. Default <c>train</c>.</param>
    /// <exception cref="DecantException">What <see cref="Glue.Load"/> refuses.</exception>
    public static AugmentationTable OpenGlue(string task, string folder, string split = "train")
    {
        DataSet data = Glue.Load(task, folder, split);
        return new GlueTable(Glue.FormatOf(task)!, data.Split) { Path = data.Source, Count = data.Examples.Count };
    }

    /// <summary>Opens an own file; every row is checked first. It may have labels, and need not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Its columns.</param>
    /// <exception cref="DecantException">What <see cref="TableReader.Load"/> refuses.</exception>
    public static AugmentationTable Open(string path, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TableFormat format = options.FormatOf(path);
        int count = TableReader.Stream(path, options with { Format = format }).Count();
        if (count == 0) throw new DecantException($"{path} holds no examples.");
        AugmentationTable table = format switch
        {
            TableFormat.Csv => new DelimitedAugmentation(options, options.Separator, quoted: true) { Path = path, Count = count },
            TableFormat.Tsv => new DelimitedAugmentation(options, '\t', quoted: false) { Path = path, Count = count },
            TableFormat.JsonLines => new JsonLinesAugmentation(options) { Path = path, Count = count },
            _ => new LinesAugmentation { Path = path, Count = count },
        };
        foreach (AugmentationRow _ in table.Rows()) { } // what cannot be written again is refused now
        return table;
    }

    /// <summary>The line that names the columns, as it is written; null where there is none.</summary>
    public abstract string? Header();

    /// <summary>The rows in file order.</summary>
    public abstract IEnumerable<AugmentationRow> Rows();
}

/// <summary>A row of a table.</summary>
/// <param name="Texts">Its one or two texts.</param>
/// <param name="With">The row as a line (without line end) with other texts in their place.</param>
public readonly record struct AugmentationRow(string[] Texts, Func<string[], string> With);
