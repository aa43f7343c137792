using System.Globalization;

namespace Decant.Text.Data;

/// <summary>Turns what a file says about an example's label into a class index or target numbers.</summary>
internal sealed class LabelReader
{
    private readonly TaskDefinition _task;
    private readonly string _source;
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);

    public LabelReader(TaskDefinition task, string source)
    {
        (_task, _source) = (task, source);
        for (int i = 0; i < task.Labels.Count; i++) _classes[task.Labels[i]] = i;
    }

    public bool IsValid(string text) =>
        _task.Kind == TaskKind.Regression ? TryNumber(text, out _) : _classes.ContainsKey(text);

    /// <summary>Reads a class, or a number for regression.</summary>
    public void Read(string text, int line, out int? classIndex, out float[]? targets)
    {
        (classIndex, targets) = (null, null);
        if (_task.Kind != TaskKind.Regression)
            classIndex = ClassOf(text, line);
        else if (TryNumber(text, out float number))
            targets = [number];
        else
            throw new DecantException($"{_source}: line {line}: the label '{Shorten(text)}' is not a number; {_task.Name} is a regression task.");
    }

    /// <summary>Reads the labels that are on.</summary>
    public float[] ReadMany(IEnumerable<string> labels, int line)
    {
        var targets = new float[_task.Labels.Count];
        foreach (string label in labels) targets[ClassOf(label, line)] = 1;
        return targets;
    }

    private int ClassOf(string label, int line)
    {
        if (_classes.TryGetValue(label, out int index)) return index;
        string? near = NearestName.Of(label, _task.Labels);
        throw new DecantException(
            $"{_source}: line {line}: the label '{Shorten(label)}' is not one of {_task.Name}'s labels ({Shorten(string.Join(", ", _task.Labels), 200)})." +
            (near is null ? "" : $" Did you mean '{near}'?"));
    }

    private static bool TryNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    private static string Shorten(string text, int longest = 60) => text.Length <= longest ? text : text[..longest] + "…";
}
