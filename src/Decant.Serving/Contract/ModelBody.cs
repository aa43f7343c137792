using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>A model that is served.</summary>
public sealed record ModelBody
{
    /// <summary>What clients call it.</summary>
    [JsonPropertyName("name"), Description("What clients call it.")]
    public required string Name { get; init; }

    /// <summary><c>classification</c>, <c>multi-label</c> or <c>regression</c>.</summary>
    [JsonPropertyName("task"), Description("classification (one label of several), multi-label or regression.")]
    public required string Task { get; init; }

    /// <summary>The labels in the order of the outputs; empty for regression.</summary>
    [JsonPropertyName("labels"), Description("The labels in the order of the outputs; empty for regression.")]
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Transformer layers.</summary>
    [JsonPropertyName("layers"), Description("Transformer layers.")]
    public required int Layers { get; init; }

    /// <summary>Longest input in word pieces; what is longer is cut.</summary>
    [JsonPropertyName("max_tokens"), Description("Longest input in word pieces; what is longer is cut.")]
    public required int MaxTokens { get; init; }

    /// <summary>Whether <c>speed</c> may be above 0.</summary>
    [JsonPropertyName("adaptive"), Description("Whether speed may be above 0.")]
    public required bool Adaptive { get; init; }
}
