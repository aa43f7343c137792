using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>Turns the rows of one GLUE file into examples.</summary>
internal sealed class GlueReader(GlueFormat format, string path, string split)
{
    private readonly GlueColumns _columns = format.ColumnsOf(split);
    private readonly LabelReader _labels = new(format.Task, path);

    /// <summary>Rows that had too few fields and were left out.</summary>
    public int SkippedRows { get; private set; }

    public IEnumerable<Example> Examples(IEnumerable<Row> rows)
    {
        // Ids count every row of the file, so that they stay the same whether or not a row is left out.
        int index = _columns.HasHeader ? -1 : 0;
        foreach (Row row in rows)
        {
            if (index < 0)
                CheckHeader(row);
            else if (row.Fields.Length >= _columns.Fields)
                yield return Read(row, index);
            else if (format.SkipsShortRows)
                SkippedRows++;
            else
                throw MissingFields(row);
            index++;
        }
    }

    private Example Read(Row row, int index)
    {
        string[] fields = row.Fields;
        int? classIndex = null;
        float[]? targets = null;
        if (_columns.Label is int column)
            _labels.Read(fields[column == GlueColumns.Last ? fields.Length - 1 : column], row.Line, out classIndex, out targets);
        return new Example
        {
            Id = $"{split}-{index}",
            Text = fields[_columns.Text],
            Pair = _columns.Pair is int pair ? fields[pair] : null,
            ClassIndex = classIndex,
            Targets = targets,
        };
    }

    // A file without its header would silently lose its first example.
    private void CheckHeader(Row row)
    {
        if (_columns.Label is not int column || row.Fields.Length < _columns.Fields) return;
        string label = row.Fields[column == GlueColumns.Last ? row.Fields.Length - 1 : column];
        if (_labels.IsValid(label))
            throw new DecantException(
                $"{path}: line {row.Line}: '{label}' is a label of {format.Task.Name}, but this line should name the columns. Put GLUE's header line back.");
    }

    private DecantException MissingFields(Row row)
    {
        string wanted = $"text in column {_columns.Text + 1}";
        if (_columns.Pair is int pair) wanted += $", second text in column {pair + 1}";
        if (_columns.Label is int label) wanted += label == GlueColumns.Last ? ", label after them" : $", label in column {label + 1}";
        return new DecantException(
            $"{path}: line {row.Line} has {row.Fields.Length} tab-separated {(row.Fields.Length == 1 ? "field" : "fields")}, " +
            $"but {format.Task.Name} needs at least {_columns.Fields} ({wanted}).");
    }
}
