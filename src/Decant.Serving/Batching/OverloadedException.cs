namespace Decant.Serving.Batching;

/// <summary>More inputs wait than may; nothing of the call was taken.</summary>
/// <param name="model">The model.</param>
/// <param name="retryAfter">When a next try is likely to succeed.</param>
public sealed class OverloadedException(string model, TimeSpan retryAfter)
    : DecantException($"The model '{model}' has as many inputs waiting as it may. Try again in {(int)Math.Ceiling(retryAfter.TotalSeconds)} s.")
{
    /// <summary>When a next try is likely to succeed: the time that what waits is expected to take.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
