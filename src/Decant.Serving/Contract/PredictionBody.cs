using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>The answer to one input, in the words of <c>decant predict</c>.</summary>
public sealed record PredictionBody
{
    /// <summary>The most probable label; missing for multi-label and regression.</summary>
    [JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The most probable label (one label of several).")]
    public string? Label { get; init; }

    /// <summary>Its probability.</summary>
    [JsonPropertyName("score"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The probability of label.")]
    public float? Score { get; init; }

    /// <summary>For multi-label: those with a probability from 0.5.</summary>
    [JsonPropertyName("labels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The labels with a probability from 0.5 (multi-label).")]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>For regression: the number.</summary>
    [JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The number (regression).")]
    public float? Value { get; init; }

    /// <summary>Probabilities by label, the highest first.</summary>
    [JsonPropertyName("scores"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Probabilities by label, the highest first.")]
    public IReadOnlyDictionary<string, float>? Scores { get; init; }

    /// <summary>For adaptive models: the layer after which the model was sure, from 1.</summary>
    [JsonPropertyName("exit_layer"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The layer after which an adaptive model was sure, from 1.")]
    public int? ExitLayer { get; init; }
}
