using System.ComponentModel.DataAnnotations;

namespace Decant.Export;

/// <summary>How a model is written as ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>What the weights are written in. Default <see cref="ExportPrecision.Float32"/>.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>
    /// Bits of the weights with <see cref="ExportPrecision.Int8"/>. Default 7, as <c>@huggingface/transformers</c> quantises its
    /// models: x86 processors without VNNI sum two products in 16 bits, and cut them off when weights use all 8.
    /// </summary>
    /// <value>7 or 8.</value>
    [Range(7, 8)]
    public int WeightBits { get; init; } = 7;

    /// <summary>
    /// Largest difference allowed between an output of the model and of the exported file, divided by the model's largest output
    /// where that is above 1. Default: 1e-4 for float32, 0.02 for float16, 0.25 for int8.
    /// </summary>
    /// <value>Above 0.</value>
    public double? Tolerance { get; init; }

    /// <summary>The tolerance that holds.</summary>
    internal double ToleranceInForce => Tolerance ?? Precision switch
    {
        ExportPrecision.Float32 => 1e-4,
        ExportPrecision.Float16 => 0.02,
        _ => 0.25,
    };
}
