using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>One input: a text, or a pair of texts.</summary>
public sealed record PredictInput
{
    /// <summary>The text. It may be empty.</summary>
    [JsonPropertyName("text"), Description("The text. It may be empty.")]
    public required string Text { get; init; }

    /// <summary>The second text of a pair; null or missing where there is none.</summary>
    [JsonPropertyName("pair"), Description("The second text of a pair, such as a question and its answer.")]
    public string? Pair { get; init; }
}
