using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Decant.Torch.Random;

/// <summary>
/// Inverted dropout whose mask comes from a <see cref="RandomStream"/>: reproducible from a seed, resumable at a position,
/// and many times faster on a CPU than libtorch's serial generator. The probability is kept to 1/65536.
/// </summary>
/// <param name="stream">Where the masks come from.</param>
public sealed unsafe class Dropout(RandomStream stream)
{
    private const int Chunk = 2048;

    /// <summary>The stream of the masks.</summary>
    public RandomStream Stream { get; } = stream;

    /// <summary>Zeroes each element with probability p and divides the others by 1 − p.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">From 0 (returns the input itself) to below 1.</param>
    public Tensor Apply(Tensor input, double probability)
    {
        if (probability == 0) return input;
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), $"Dropout must be in [0, 1), not {probability}.");
        return input * Mask(input, probability);
    }

    private Tensor Mask(Tensor like, double probability)
    {
        long count = like.Count;
        uint dropped = (uint)Math.Clamp(Math.Round(probability * 65536), 1, 65535);
        float scale = (float)(65536.0 / (65536 - dropped));
        Tensor mask = Tensor.Empty(like.Shape);
        Fill(mask.Pointer<float>(), count, dropped, scale);
        Tensor placed = like.Device.Type == DeviceType.Cpu ? mask : mask.To(like.Device);
        return like.DType == DType.Float32 ? placed : placed.To(like.DType);
    }

    private void Fill(float* mask, long count, uint dropped, float scale)
    {
        uint* words = stackalloc uint[Chunk / 2];
        for (long done = 0; done < count; done += Chunk)
        {
            int n = (int)Math.Min(Chunk, count - done);
            Stream.Fill(new Span<uint>(words, (n + 1) / 2));
            Threshold(new ReadOnlySpan<ushort>(words, n), mask + done, dropped, scale);
        }
    }

    private static void Threshold(ReadOnlySpan<ushort> bits, float* mask, uint dropped, float scale)
    {
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<uint> bound = Vector512.Create(dropped);
            Vector512<float> kept = Vector512.Create(scale);
            ref ushort first = ref MemoryMarshal.GetReference(bits);
            for (; i <= bits.Length - 32; i += 32)
            {
                (Vector512<uint> low, Vector512<uint> high) = Vector512.Widen(Vector512.LoadUnsafe(ref first, (nuint)i));
                (Vector512.GreaterThanOrEqual(low, bound).AsSingle() & kept).Store(mask + i);
                (Vector512.GreaterThanOrEqual(high, bound).AsSingle() & kept).Store(mask + i + 16);
            }
        }
        for (; i < bits.Length; i++) mask[i] = bits[i] >= dropped ? scale : 0;
    }
}
