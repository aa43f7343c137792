using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Reads the rows of a user's file in any of its forms, one at a time.</summary>
internal static class TableRows
{
    public static IEnumerable<TableRow> Read(IEnumerable<TextLine> lines, TableFormat format, TableOptions options, LabelColumn labels, string name) => format switch
    {
        TableFormat.Csv => DelimitedTable.Read(DelimitedRows.Quoted(lines, options.Separator, name), options, labels, name),
        TableFormat.Tsv => DelimitedTable.Read(DelimitedRows.Unquoted(lines, '\t'), options, labels, name),
        TableFormat.JsonLines => JsonLinesTable.Read(lines, options, labels, name),
        TableFormat.Lines => Lines(lines, options, labels, name),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static IEnumerable<TableRow> Lines(IEnumerable<TextLine> lines, TableOptions options, LabelColumn labels, string name)
    {
        if (options.Pair is not null) throw new DecantException($"{name}: a file of plain lines holds no pairs. Use CSV, TSV or JSONL.");
        if (labels == LabelColumn.Required) throw new DecantException($"{name}: a file of plain lines holds no labels. Use CSV, TSV or JSONL.");
        foreach (TextLine line in lines) yield return new TableRow(line.Number, line.Text, null, null, null);
    }
}
