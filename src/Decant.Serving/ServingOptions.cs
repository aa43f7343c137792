using System.ComponentModel.DataAnnotations;

namespace Decant.Serving;

/// <summary>How a server puts inputs together, and what it refuses.</summary>
public sealed class ServingOptions
{
    /// <summary>Most inputs that are answered together, 1 to 4096. Default 32; 1 switches batching off.</summary>
    [Range(1, 4096)]
    public int MaxBatch { get; set; } = 32;

    /// <summary>
    /// How long an idle model waits for a batch to fill, from the arrival of its first input, 0 to 10 s. Default 0: under load batches
    /// fill by themselves, with what arrives while the batch before is computed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Inputs that may wait for one model, 1 to 1,000,000. Default 1024. Further requests are answered with 503 and Retry-After.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 1024;

    /// <summary>Most inputs of one request, 1 to 100,000, and at most <see cref="QueueCapacity"/>. Default 256.</summary>
    [Range(1, 100_000)]
    public int MaxInputs { get; set; } = 256;

    /// <summary>Longest text, in UTF-16 characters, 1 to 100,000,000. Default 20,000: many times what a BERT reads; longer ones are refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxTextLength { get; set; } = 20_000;

    /// <summary>Largest body of a request, in bytes, from 1 kB to 1 GB. Default 1 MiB.</summary>
    [Range(1_000L, 1_000_000_000L)]
    public long MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>Requests a second for one address, from 1; null, the default, for any number. It may save up one second's worth.</summary>
    [Range(1, 1_000_000)]
    public int? RequestsPerSecond { get; set; }

    /// <summary>The key that clients must send, as <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>; null, the default, for none.</summary>
    [MinLength(8)]
    public string? ApiKey { get; set; }

    /// <summary>How long requests are still taken after the order to stop, while <c>/health/ready</c> says 503 already, 0 to 10 minutes. Default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long requests in flight may take after that, 1 s to 1 hour. Default 30 s; what is not answered then is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
