namespace Decant.Torch.Serialization;

/// <summary>One tensor of a safetensors header; <c>Begin</c> and <c>End</c> count from the start of the data block.</summary>
internal sealed record SafetensorsEntry(string Name, DType DType, long[] Shape, long Begin, long End);
