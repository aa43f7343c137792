using System.Numerics;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>The numbers 0 … k − 1 in any order, where k is known from elsewhere: ⌈log₂ k⌉ bits each, so that one number takes nothing. Bytes are filled from their lowest bit.</summary>
internal static class RankCodec
{
    /// <summary>Bytes of k numbers.</summary>
    public static int Size(int k) => checked((int)(((long)k * Width(k) + 7) / 8));

    /// <summary>Writes numbers.</summary>
    /// <param name="ranks">Each of 0 … k − 1 once.</param>
    /// <param name="bytes">As long as <see cref="Size"/> says.</param>
    public static void Encode(ReadOnlySpan<int> ranks, Span<byte> bytes)
    {
        bytes.Clear();
        var bits = new BitWriter(bytes);
        int width = Width(ranks.Length);
        foreach (int rank in ranks) bits.Write((uint)rank, width);
    }

    /// <summary>Reads numbers back.</summary>
    /// <param name="bytes">As long as <see cref="Size"/> says.</param>
    /// <param name="ranks">Receives them; its length is k.</param>
    /// <param name="seen">Room of the same length.</param>
    /// <returns>False when one is missing or there twice.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Span<int> ranks, Span<int> seen)
    {
        var bits = new BitReader(bytes);
        int width = Width(ranks.Length);
        seen.Clear();
        foreach (ref int rank in ranks)
        {
            rank = (int)bits.Read(width);
            if (rank >= seen.Length || seen[rank]++ != 0) return false;
        }
        return true;
    }

    private static int Width(int k) => k <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)(k - 1));
}
