namespace Decant.Torch.Tests;

/// <summary>The memory of large tensors (native/arena.cpp).</summary>
public class ArenaTests
{
    [Fact]
    public void Tensors_never_share_memory_and_places_are_used_again()
    {
        var random = new System.Random(5);
        var live = new List<(Tensor Tensor, float Mark)>();
        long lowest = long.MaxValue, highest = 0;
        for (int step = 0; step < 4000; step++)
        {
            if (live.Count > 40 || (live.Count > 0 && random.Next(3) == 0))
            {
                int at = random.Next(live.Count);
                (Tensor tensor, float mark) = live[at];
                Assert.Equal(mark, tensor.Span<float>()[0]);
                Assert.Equal(mark, tensor.Span<float>()[^1]);
                tensor.Dispose();
                live.RemoveAt(at);
            }
            // From below the arena's smallest block to far above it; 64-byte alignment is what libtorch's kernels expect.
            long count = random.NextInt64(1, 1 << random.Next(10, 19));
            Tensor made = Tensor.Empty([count]);
            made.Span<float>().Fill(step);
            live.Add((made, step));
            if (count * sizeof(float) >= 1 << 15)
            {
                Assert.Equal(0, Address(made) % 64);
                (lowest, highest) = (Math.Min(lowest, Address(made)), Math.Max(highest, Address(made) + count * sizeof(float)));
            }
        }
        long bytes = live.Sum(l => l.Tensor.Count * sizeof(float));
        Assert.All(live, l => Assert.Equal(l.Mark, l.Tensor.Span<float>()[^1]));
        foreach ((Tensor tensor, _) in live) tensor.Dispose();
        // 4,000 tensors, some 480 MB together; at most 42 were alive at a time (and what other tests hold beside them).
        Assert.InRange(highest - lowest, bytes / 2, 256L << 20);
    }

    [Fact]
    public void Threads_may_allocate_and_free_at_once() => Parallel.For(0, 8, thread =>
    {
        var random = new System.Random(thread);
        for (int i = 0; i < 500; i++)
        {
            using Tensor tensor = Tensor.Empty([random.Next(1, 200_000)]);
            tensor.Span<float>().Fill(thread);
            Assert.Equal(thread, tensor.Span<float>()[random.Next((int)tensor.Count)]);
        }
    });

    private static unsafe long Address(Tensor tensor)
    {
        fixed (float* at = tensor.Span<float>()) return (long)at;
    }
}
