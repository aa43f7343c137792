using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>The answer to a <see cref="PredictRequest"/>.</summary>
public sealed record PredictResponse
{
    /// <summary>The model that answered.</summary>
    [JsonPropertyName("model"), Description("The model that answered.")]
    public required string Model { get; init; }

    /// <summary>One answer for each input, in their order.</summary>
    [JsonPropertyName("predictions"), Description("One answer for each input, in their order.")]
    public required IReadOnlyList<PredictionBody> Predictions { get; init; }

    /// <summary>Where the time went.</summary>
    [JsonPropertyName("timing"), Description("Where the time went.")]
    public required PredictTiming Timing { get; init; }
}
