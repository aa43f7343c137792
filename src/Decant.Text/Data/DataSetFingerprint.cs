using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Decant.Text.Data;

/// <summary>Hashes what a data set says, so that a store made from other data is noticed.</summary>
internal static class DataSetFingerprint
{
    public static string Compute(DataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, (int)data.Task.Kind);
        Add(hash, data.Task.Labels);
        foreach (Example example in data.Examples)
        {
            Add(hash, example.Id);
            Add(hash, example.Text);
            Add(hash, example.Pair);
            Add(hash, example.Choices);
            Add(hash, example.ClassIndex ?? -1);
            Add(hash, example.Targets?.Count ?? -1);
            foreach (float target in example.Targets ?? []) Add(hash, BitConverter.SingleToInt32Bits(target));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, IReadOnlyList<string>? list)
    {
        Add(hash, list?.Count ?? -1);
        foreach (string item in list ?? []) Add(hash, item);
    }

    // Every string goes in with its length, so that moving a word from one field to the next changes the hash.
    private static void Add(IncrementalHash hash, string? text)
    {
        Add(hash, text?.Length ?? -1);
        if (text is not null) hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
