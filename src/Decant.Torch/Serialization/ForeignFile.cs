namespace Decant.Torch.Serialization;

/// <summary>Recognises what else a file may be, so that the error says it.</summary>
internal static class ForeignFile
{
    /// <summary>A sentence about what the first bytes look like, with a leading space; empty when they tell nothing.</summary>
    public static string Hint(ReadOnlySpan<byte> start) =>
        start.StartsWith("version https://git-lfs"u8) ? " It is a Git LFS pointer, not the file itself: run `git lfs pull`."
        : start.StartsWith("PK"u8) ? " It is a zip archive, perhaps a PyTorch checkpoint (pytorch_model.bin)."
        : start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] ? " It is an HDF5 file (Keras or TensorFlow weights), which is not read."
        : start is [0x1f, 0x8b, ..] ? " It is compressed with gzip; unpack it first."
        : start is [0x80, >= 1 and <= 5, ..] ? " It is a Python pickle, perhaps a PyTorch checkpoint (pytorch_model.bin)."
        : start.StartsWith("<!"u8) || start.StartsWith("<html"u8) ? " It is a web page; the download went wrong."
        : start.Length >= 9 && start[8] == '{' ? " It looks like a safetensors file."
        : "";
}
