namespace Decant.Torch.Serialization;

/// <summary>
/// A Python dictionary as the pickle filled it: pairs in order. Nothing is hashed, since keys and values come from the
/// file and may be anything; of a repeated key the last pair counts, as in Python.
/// </summary>
internal sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>The value of a string key; null when it is absent.</summary>
    public object? this[string key] => Items.FindLast(item => item.Key is string name && name == key).Value;
}
