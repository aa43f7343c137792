namespace Decant.Torch;

/// <summary>An error that libtorch reported, with the operator's name and libtorch's own words.</summary>
public sealed class TorchException(string message) : DecantException(message);
