using Decant.Text.Data;
using Decant.Text.Data.Files;

namespace Decant.Text.Augmentation;

/// <summary>An own CSV or TSV file. Its columns were found by <see cref="TableReader"/> before.</summary>
internal sealed class DelimitedAugmentation(TableOptions options, char separator, bool quoted) : AugmentationTable
{
    /// <inheritdoc/>
    public override string? Header() => options.HasHeader ? Join(Lines().First().Fields) : null;

    /// <inheritdoc/>
    public override IEnumerable<AugmentationRow> Rows()
    {
        int text = -1, pair = -1;
        foreach (Row row in Lines())
        {
            if (text < 0)
            {
                string[] names = options.HasHeader ? [.. row.Fields.Select(f => f.Trim())] : [.. Enumerable.Range(1, row.Fields.Length).Select(n => FormattableString.Invariant($"{n}"))];
                (text, pair) = (Array.IndexOf(names, options.Text), options.Pair is null ? -1 : Array.IndexOf(names, options.Pair));
                if (options.HasHeader) continue;
            }
            string[] fields = row.Fields;
            yield return new AugmentationRow(pair < 0 ? [fields[text]] : [fields[text], fields[pair]], texts => With(fields, text, pair, texts));
        }
    }

    private string With(string[] fields, int text, int pair, string[] texts)
    {
        string[] changed = [.. fields];
        changed[text] = texts[0];
        if (pair >= 0) changed[pair] = texts[1];
        return Join(changed);
    }

    private string Join(string[] fields) => string.Join(separator, quoted ? fields.Select(Quoted) : fields);

    private string Quoted(string field) =>
        field.Contains(separator) || field.AsSpan().ContainsAny('"', '\n', '\r') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private IEnumerable<Row> Lines() => quoted
        ? DelimitedRows.Quoted(Utf8Lines.Read(Path), separator, Path)
        : DelimitedRows.Unquoted(Utf8Lines.Read(Path), separator);
}
