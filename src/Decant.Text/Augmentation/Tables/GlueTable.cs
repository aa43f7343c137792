using Decant.Text.Data;
using Decant.Text.Data.Files;

namespace Decant.Text.Augmentation;

/// <summary>A GLUE task's TSV file. Rows that its reader leaves out are left out here too.</summary>
internal sealed class GlueTable(GlueFormat format, string split) : AugmentationTable
{
    private readonly GlueColumns _columns = format.ColumnsOf(split);

    /// <inheritdoc/>
    public override string? Header() => _columns.HasHeader ? string.Join('\t', Lines().First().Fields) : null;

    /// <inheritdoc/>
    public override IEnumerable<AugmentationRow> Rows() =>
        Lines().Skip(_columns.HasHeader ? 1 : 0).Where(row => row.Fields.Length >= _columns.Fields).Select(row => new AugmentationRow(Texts(row.Fields), texts => With(row.Fields, texts)));

    private IEnumerable<Row> Lines() => DelimitedRows.Unquoted(Utf8Lines.Read(Path), '\t');

    private string[] Texts(string[] fields) => _columns.Pair is { } pair ? [fields[_columns.Text], fields[pair]] : [fields[_columns.Text]];

    private string With(string[] fields, string[] texts)
    {
        string[] changed = [.. fields];
        changed[_columns.Text] = texts[0];
        if (_columns.Pair is { } pair) changed[pair] = texts[1];
        return string.Join('\t', changed);
    }
}
