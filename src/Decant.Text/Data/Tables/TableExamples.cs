namespace Decant.Text.Data;

/// <summary>Turns rows of a user's file into examples.</summary>
internal sealed class TableExamples(TaskDefinition task, string source, string split, LabelColumn labels)
{
    private readonly LabelReader _labels = new(task, source);

    public Example Make(TableRow row, int index)
    {
        int? classIndex = null;
        float[]? targets = null;
        if (row.Labels is null)
        {
            if (labels == LabelColumn.Required)
                throw new DecantException($"{source}: line {row.Line} has no label. Fill it in, or remove the row.");
        }
        else if (task.Kind == TaskKind.MultiLabel)
        {
            targets = _labels.ReadMany(row.Labels, row.Line);
        }
        else
        {
            _labels.Read(row.Labels[0], row.Line, out classIndex, out targets);
        }
        return new Example
        {
            Id = row.Id is { Length: > 0 } ? row.Id : $"{split}-{index}",
            Text = row.Text,
            Pair = row.Pair,
            ClassIndex = classIndex,
            Targets = targets,
        };
    }
}
