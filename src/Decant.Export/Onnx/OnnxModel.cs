namespace Decant.Export.Onnx;

/// <summary>An ONNX model: a graph, the version of the operators, and who made it.</summary>
public sealed record OnnxModel
{
    /// <summary>Version of the file format that is written: 8, that of ONNX 1.13, which belongs to opset 17 and 18.</summary>
    public const int IrVersion = 8;

    /// <summary>Version of the operator set that is written: 17, the first with LayerNormalization.</summary>
    public const int DefaultOpset = 17;

    /// <summary>Version of the operator set.</summary>
    public long Opset { get; init; } = DefaultOpset;

    /// <summary>The program that made it.</summary>
    public string Producer { get; init; } = "decant";

    /// <summary>The program's version.</summary>
    public string ProducerVersion { get; init; } = typeof(OnnxModel).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Facts for the reader: labels, task, element type of the weights.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Name of the graph.</summary>
    public required string Name { get; init; }

    /// <summary>The operators; each comes after those whose values it takes.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    /// <summary>The constants.</summary>
    public required IReadOnlyList<OnnxTensor> Tensors { get; init; }

    /// <summary>What the graph takes.</summary>
    public required IReadOnlyList<OnnxValueInfo> Inputs { get; init; }

    /// <summary>What the graph gives.</summary>
    public required IReadOnlyList<OnnxValueInfo> Outputs { get; init; }

    /// <summary>Shapes of values inside the graph that a reader could not find out by itself.</summary>
    public IReadOnlyList<OnnxValueInfo> Values { get; init; } = [];
}
