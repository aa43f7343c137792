namespace Decant.Torch.Serialization;

/// <summary>The value stack of a pickle with its marks. Values below the last mark are out of reach.</summary>
internal sealed class PickleStack(string file)
{
    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];

    private int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    public void Push(object? value) => _values.Add(value);

    public object? Peek() => _values.Count > Floor ? _values[^1] : throw Empty();

    public object? Pop() => PopTuple(1)[0];

    /// <summary>The last values, in the order they were pushed.</summary>
    public object?[] PopTuple(int count)
    {
        if (_values.Count - Floor < count) throw Empty();
        object?[] taken = [.. _values[^count..]];
        _values.RemoveRange(_values.Count - count, count);
        return taken;
    }

    public void Mark() => _marks.Add(_values.Count);

    /// <summary>All values above the last mark, which is removed.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0) throw new DecantException($"{file} is damaged: its pickle looks for a mark that it has not set.");
        object?[] taken = PopTuple(_values.Count - Floor);
        _marks.RemoveAt(_marks.Count - 1);
        return taken;
    }

    /// <summary>Python lets POP remove a mark when no value lies above it.</summary>
    public void PopValueOrMark()
    {
        if (_marks.Count > 0 && _values.Count == Floor) _marks.RemoveAt(_marks.Count - 1);
        else Pop();
    }

    private DecantException Empty() => new($"{file} is damaged: its pickle takes a value that is not there.");
}
