namespace Decant.Torch.Serialization;

/// <summary>A PyTorch checkpoint taken apart: the value of its pickle, and where the bytes of each storage lie in the file.</summary>
internal sealed record TorchContent(object? Value, Func<string, (long Offset, long Length)?> FindStorage);
