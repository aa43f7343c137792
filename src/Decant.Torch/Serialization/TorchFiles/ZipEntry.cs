namespace Decant.Torch.Serialization;

/// <summary>A file of a zip archive as the central directory lists it.</summary>
internal sealed record ZipEntry(string Name, int Method, bool Encrypted, long CompressedSize, long Size, long HeaderOffset);
