namespace Decant.Serving.Reading;

/// <summary>A request that cannot be answered as it is; the message tells the client why.</summary>
/// <param name="status">The HTTP status, from 400 to 499.</param>
/// <param name="message">What is wrong, where, and what to send instead.</param>
internal sealed class RequestException(int status, string message) : DecantException(message)
{
    public int Status { get; } = status;
}
