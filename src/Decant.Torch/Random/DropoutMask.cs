using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Decant.Torch.Random;

/// <summary>A mask of dropout as a place in a random stream: it is drawn where it is needed, and again where it is needed again.</summary>
public sealed unsafe class DropoutMask
{
    // Elements drawn at once, two to a word of the stream; and how many one thread takes at least.
    private const int Piece = 2048, PerThread = 64 * Piece;

    private readonly RandomStream stream;
    private readonly ulong position;
    private readonly long first, count;
    private readonly uint dropped;  // of 65536
    private readonly float scale;

    private DropoutMask(RandomStream stream, long first, long count, double probability)
    {
        (this.stream, position, this.first, this.count) = (stream, stream.Position, first, count);
        dropped = (uint)Math.Clamp(Math.Round(probability * 65536), 1, 65535);
        scale = (float)(65536.0 / (65536 - dropped));
    }

    /// <summary>A stretch of the next mask of a stream, which moves on behind the whole mask.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="whole">Elements of the whole mask.</param>
    /// <param name="first">First element of the stretch.</param>
    /// <param name="count">Elements of the stretch.</param>
    /// <param name="probability">Above 0, below 1.</param>
    internal static DropoutMask Next(RandomStream stream, long whole, long first, long count, double probability)
    {
        var mask = new DropoutMask(stream, first, count, probability);
        stream.Position += (ulong)(whole + 1) / 2;
        return mask;
    }

    /// <summary>A tensor times the mask.</summary>
    /// <param name="input">Float32 on the CPU (<see cref="Tensor.IsCpuFloat"/>), as many elements as the mask.</param>
    public Tensor Times(Tensor input)
    {
        Tensor source = input.Contiguous(), result = Tensor.Empty(input.Shape);
        float* from = source.Pointer<float>(), to = result.Pointer<float>();
        if (count >= 2 * PerThread && TorchRuntime.Threads > 1)
            Parallel.For(0, (int)((count + PerThread - 1) / PerThread), new ParallelOptions { MaxDegreeOfParallelism = TorchRuntime.Threads }, part =>
            {
                long start = (long)part * PerThread;
                Multiply(from + start, to + start, start, Math.Min(PerThread, count - start));
            });
        else Multiply(from, to, 0, count);
        return result;
    }

    /// <summary>A stretch of the mask: 0 or 1 / (1 − p).</summary>
    /// <param name="stretch">Overwritten.</param>
    /// <param name="start">Its first element.</param>
    public void Draw(Span<float> stretch, long start)
    {
        stretch.Fill(1);
        fixed (float* to = stretch) Multiply(to, to, start, stretch.Length);
    }

    /// <summary>The mask itself: 0 or 1 / (1 − p).</summary>
    /// <param name="shape">As many elements as the mask.</param>
    internal Tensor ToTensor(ReadOnlySpan<long> shape) => Times(Tensor.Full(shape, 1));

    // From and to begin at the stretch.
    private void Multiply(float* from, float* to, long start, long length)
    {
        uint* words = stackalloc uint[Piece / 2 + 1];
        for (long done = 0; done < length; done += Piece)
        {
            // A stretch may begin with the second half of a word.
            long element = first + start + done;
            int part = (int)Math.Min(Piece, length - done), half = (int)(element % 2);
            stream.Fill(new Span<uint>(words, (half + part + 1) / 2), position + (ulong)(element / 2));
            Multiply(new ReadOnlySpan<ushort>((ushort*)words + half, part), from + done, to + done);
        }
    }

    private void Multiply(ReadOnlySpan<ushort> bits, float* from, float* to)
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
                (Vector512.Load(from + i) * (Vector512.GreaterThanOrEqual(low, bound).AsSingle() & kept)).Store(to + i);
                (Vector512.Load(from + i + 16) * (Vector512.GreaterThanOrEqual(high, bound).AsSingle() & kept)).Store(to + i + 16);
            }
        }
        for (; i < bits.Length; i++) to[i] = from[i] * (bits[i] >= dropped ? scale : 0);
    }
}
