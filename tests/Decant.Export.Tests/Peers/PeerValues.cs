using System.Text.Json.Nodes;
using Decant.Models;
using Decant.Torch;

namespace Decant.Export.Tests.Peers;

/// <summary>What goes to another program and how near its answers must be.</summary>
internal static class PeerValues
{
    /// <summary>Token ids of a few sequences, [CLS] first and [SEP] last.</summary>
    public static readonly int[][] Rows = [[2, 10, 40, 7, 3, 22, 3], [2, 30, 3], [2, 11, 12, 13, 14, 3], [2, 60, 61, 3]];

    /// <summary>Rows of token ids as one padded batch.</summary>
    public static ModelInput Batch(int[][] rows)
    {
        int length = rows.Max(r => r.Length);
        int[] ids = new int[rows.Length * length], types = new int[ids.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(ids, row * length);
            // The second half of a sequence is a second text.
            types.AsSpan(row * length + rows[row].Length / 2, rows[row].Length - rows[row].Length / 2).Fill(1);
        }
        return ModelInput.Create(ids, types, [.. rows.Select(r => r.Length)]);
    }

    /// <summary>The elements of a tensor, row by row.</summary>
    public static JsonArray Numbers(Tensor tensor) => [.. tensor.ToArray<long>().Select(v => (JsonNode)v)];

    /// <summary>A list of numbers.</summary>
    public static float[] Floats(JsonNode? list) => [.. list!.AsArray().Select(v => v!.GetValue<float>())];

    /// <summary>Fails where two outputs differ by more than a part of the largest, or of 1.</summary>
    public static void AssertNear(float[] expected, float[] given, double tolerance, string what)
    {
        Assert.Equal(expected.Length, given.Length);
        double largest = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < given.Length; i++)
            Assert.True(Math.Abs(expected[i] - given[i]) <= tolerance * largest, $"{what}: output {i} is {given[i]}, {expected[i]} is expected");
    }
}
