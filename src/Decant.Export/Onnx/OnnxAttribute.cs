namespace Decant.Export.Onnx;

/// <summary>A fixed setting of a node. One of the values is set.</summary>
/// <param name="Name">Its name in the operator's description.</param>
public sealed record OnnxAttribute(string Name)
{
    /// <summary>An integer.</summary>
    public long? Integer { get; init; }

    /// <summary>A number.</summary>
    public float? Number { get; init; }

    /// <summary>Text.</summary>
    public string? Text { get; init; }

    /// <summary>Integers.</summary>
    public IReadOnlyList<long>? Integers { get; init; }
}
