using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>The body of <c>POST /v1/models/{name}/predict</c>: either <c>inputs</c>, or one <c>text</c> with or without <c>pair</c>.</summary>
public sealed record PredictRequest
{
    /// <summary>Texts and pairs, in the order in which they are answered. In JSON an input is an object, or a string for a text alone.</summary>
    [JsonPropertyName("inputs"), Description("Texts and pairs, in the order in which they are answered. A string is a text alone.")]
    public IReadOnlyList<PredictInput>? Inputs { get; init; }

    /// <summary>One text, in place of <see cref="Inputs"/>.</summary>
    [JsonPropertyName("text"), Description("One text, in place of inputs.")]
    public string? Text { get; init; }

    /// <summary>The second text, where there is a <see cref="Text"/>.</summary>
    [JsonPropertyName("pair"), Description("The second text of a pair, beside text.")]
    public string? Pair { get; init; }

    /// <summary>Uncertainty below which an adaptive model exits early, 0 to 1; 0, the default, runs to the last layer.</summary>
    [JsonPropertyName("speed"), Description("Uncertainty (normalised entropy) below which an adaptive model exits early, 0 to 1. Default 0: always the whole model.")]
    public double Speed { get; init; }

    /// <summary>How many scores are told, those of the most probable labels, from 1; null, the default, for all.</summary>
    [JsonPropertyName("top_k"), Description("How many scores are told: those of the most probable labels, from 1. Default: all.")]
    public int? TopK { get; init; }
}
