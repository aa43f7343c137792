using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Decant.Models.Checkpoints;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>Names a teacher by all that decides its answers: its sizes, its head, and every weight.</summary>
public static class TeacherFingerprint
{
    /// <summary>SHA-256, 64 lower-case hexadecimal digits. The weights are read from disk; no model is made.</summary>
    /// <param name="model">The model directory.</param>
    /// <exception cref="DecantException">It has no weights, or they are damaged.</exception>
    public static string Of(ModelDirectory model)
    {
        var c = model.Config;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, FormattableString.Invariant(
            $"Decant teacher 1\n{c.Layers} {c.HiddenSize} {c.Heads} {c.IntermediateSize} {c.HiddenActivation} {c.LayerNormEpsilon:R} {model.Head}"));
        using ICheckpoint weights = model.OpenWeights();
        foreach (string name in weights.Names.Order(StringComparer.Ordinal)) Add(hash, weights.Get(name));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, RawTensor tensor)
    {
        Add(hash, tensor.ToString());
        Add(hash, tensor.Name);
        hash.AppendData(tensor.Bytes);
    }

    // Every text goes in with its length, so that moving a letter from one to the next changes the hash.
    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
