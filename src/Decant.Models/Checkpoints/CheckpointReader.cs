using Decant.Torch.Serialization;

namespace Decant.Models.Checkpoints;

/// <summary>Finds and opens the weights of a model, whatever form they are in.</summary>
public static class CheckpointReader
{
    /// <summary>The files that may hold the weights of a Hugging Face directory, in the order they are looked for (that of <c>transformers</c>).</summary>
    private static readonly string[] FileNames =
        ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    private static readonly (string Pattern, string What)[] Foreign =
    [
        ("tf_model.h5", "TensorFlow weights"), ("flax_model.msgpack", "Flax weights"),
        ("*.ckpt.index", "a TensorFlow checkpoint"), ("*.onnx", "an ONNX model"), ("*.gguf", "a GGUF model"),
    ];

    /// <summary>Opens a checkpoint for reading. The caller disposes it.</summary>
    /// <param name="path">
    /// A Hugging Face directory, or one file: safetensors, a PyTorch checkpoint (<c>pytorch_model.bin</c>, <c>.pt</c>), or the
    /// index (<c>.index.json</c>) of a checkpoint in several files.
    /// </param>
    /// <exception cref="DecantException">There is no such path, no weights in it, or they are damaged or of another kind.</exception>
    public static ICheckpoint Open(string path) => OpenFile(Directory.Exists(path) ? Find(path) : path);

    private static ICheckpoint OpenFile(string path)
    {
        if (path.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase)) return ShardedCheckpoint.Open(path);
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) return SafetensorsFile.Open(path);
        return TorchFile.Open(path);
    }

    private static string Find(string folder)
    {
        foreach (string name in FileNames)
            if (File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);
        foreach (var (pattern, what) in Foreign)
            if (Directory.EnumerateFiles(folder, pattern).FirstOrDefault() is { } found)
                throw new DecantException($"{folder} holds {what} ({Path.GetFileName(found)}), which is not read here. Convert it to model.safetensors in Python first.");
        throw new DecantException($"{folder} holds no weights: none of {string.Join(", ", FileNames)} is there.");
    }
}
