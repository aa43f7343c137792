using Decant.Inference;
using Decant.Serving.Models;

namespace Decant.Serving.Batching;

/// <summary>One input of a call that waits for its turn.</summary>
/// <param name="Call">The call it belongs to.</param>
/// <param name="Index">Its place there.</param>
internal readonly record struct QueuedInput(PendingCall Call, int Index)
{
    public TextInput Input => Call.Inputs[Index];
}
