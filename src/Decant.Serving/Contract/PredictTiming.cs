using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>Where the time of a request went.</summary>
public sealed record PredictTiming
{
    /// <summary>Milliseconds in the queue.</summary>
    [JsonPropertyName("queue_ms"), Description("Milliseconds in the queue.")]
    public required double QueueMilliseconds { get; init; }

    /// <summary>Milliseconds from the beginning of its first batch to the end of its last.</summary>
    [JsonPropertyName("compute_ms"), Description("Milliseconds from the beginning of its first batch to the end of its last.")]
    public required double ComputeMilliseconds { get; init; }

    /// <summary>Inputs, of this request and of others, that were computed together.</summary>
    [JsonPropertyName("batch_size"), Description("Inputs, of this request and of others, that were computed together.")]
    public required int BatchSize { get; init; }
}
