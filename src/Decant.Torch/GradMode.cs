using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Switches the recording of operations for the backward pass, per thread.</summary>
public static class GradMode
{
    /// <summary>Whether operations on this thread are recorded. True at the start of every thread.</summary>
    public static bool IsEnabled => Native.GradMode(0, 0) != 0;

    /// <summary>Stops recording until the result is disposed: <c>using var _ = GradMode.Off();</c></summary>
    public static Restore Off() => new(Native.GradMode(1, 0) != 0);

    /// <summary>Sets the mode back to what it was.</summary>
    public readonly struct Restore(bool previous) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Native.GradMode(1, previous ? 1 : 0);
    }
}
