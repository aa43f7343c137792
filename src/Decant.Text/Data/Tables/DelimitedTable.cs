using System.Globalization;
using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Finds the columns of a CSV or TSV file and takes their fields.</summary>
internal static class DelimitedTable
{
    public static IEnumerable<TableRow> Read(IEnumerable<Row> rows, TableOptions options, LabelColumn labels, string name)
    {
        string[]? header = null;
        int text = -1, pair = -1, id = -1, label = -1;
        foreach (Row row in rows)
        {
            if (header is null)
            {
                header = options.HasHeader ? [.. row.Fields.Select(f => f.Trim())] : Numbers(row.Fields.Length);
                string place = options.HasHeader ? $"{name}: line {row.Line}" : name;
                text = Column(header, options.Text, place);
                pair = options.Pair is null ? -1 : Column(header, options.Pair, place);
                id = options.Id is null ? -1 : Column(header, options.Id, place);
                label = labels == LabelColumn.Ignored ? -1
                    : labels == LabelColumn.Optional && !header.Contains(options.Label, StringComparer.Ordinal) ? -1
                    : Column(header, options.Label, place);
                if (options.HasHeader) continue;
            }
            string[] fields = row.Fields;
            if (fields.Length != header.Length) throw WrongWidth(row, header, name);
            yield return new TableRow(row.Line, fields[text], pair < 0 ? null : fields[pair], id < 0 ? null : fields[id].Trim(),
                label < 0 ? null : Labels(fields[label], options));
        }
    }

    // No label: null. With several labels an empty field means that none is on.
    private static string[]? Labels(string field, TableOptions options) => options.Kind == TaskKind.MultiLabel
        ? field.Split(options.LabelSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : string.IsNullOrWhiteSpace(field) ? null : [field.Trim()];

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    private static int Column(string[] header, string wanted, string place)
    {
        int at = Array.IndexOf(header, wanted);
        if (at < 0) throw OneColumn(header, place) ?? Missing.Name("column", wanted, header, place);
        if (Array.IndexOf(header, wanted, at + 1) >= 0) throw new DecantException($"{place}: there are two columns '{wanted}'. Rename one of them.");
        return at;
    }

    // The usual reason for a header of one column is another separator.
    private static DecantException? OneColumn(string[] header, string place)
    {
        if (header.Length != 1) return null;
        (char Separator, string Name)[] others = [(';', "semicolons"), ('\t', "tabs"), (',', "commas"), ('|', "bars")];
        foreach ((char separator, string called) in others)
            if (header[0].Contains(separator))
                return new DecantException($"{place}: there is one column only, '{header[0]}'. It looks separated by {called}: set the separator or the format.");
        return null;
    }

    private static DecantException WrongWidth(Row row, string[] header, string name) => new(
        $"{name}: line {row.Line} has {row.Fields.Length} {(row.Fields.Length == 1 ? "field" : "fields")}, but there are {header.Length} columns ({string.Join(", ", header)}). " +
        (row.Fields.Length < header.Length ? "Add what is missing." : "Put quotes around a text that holds the separator, or remove it."));
}
