using Decant.Torch;

namespace Decant.Export.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name, such as <c>input_ids</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Axes">Its axes, outermost first: a number, or the name of an axis whose size may change (<c>batch_size</c>).</param>
public sealed record OnnxValueInfo(string Name, DType DType, IReadOnlyList<OnnxAxis> Axes);

/// <summary>One axis: a fixed size, or a name.</summary>
/// <param name="Size">The size; null where it may change.</param>
/// <param name="Name">The name of an axis whose size may change; null for a fixed one.</param>
public readonly record struct OnnxAxis(long? Size, string? Name)
{
    /// <summary>A fixed size.</summary>
    public static implicit operator OnnxAxis(long size) => new(size, null);

    /// <summary>A size that may change.</summary>
    public static implicit operator OnnxAxis(string name) => new(null, name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"{Size}";
}
