using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Tests.Knowledge.Store.Format;

public class SparseIndicesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ReadsBackRandomSetsAndKeepsItsPromiseOfSize(int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = random.Next(1, 1 << random.Next(1, 17)), k = random.Next(0, n + 1);
            int[] indices = IndexCodecTests.Choose(random, k, n);
            byte[] bytes = Encode(indices, n);
            Assert.Equal(indices, Decode(bytes, n));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(0.01)]
    public void ComesNearTheEntropyOfARandomChoice(double share)
    {
        const int N = 7680;
        int k = (int)(share * N);
        double entropy = N * -(share * Math.Log2(share) + (1 - share) * Math.Log2(1 - share)) / 8;
        byte[] bytes = Encode(IndexCodecTests.Choose(new Random(5), k, N), N);
        Assert.InRange(bytes.Length, entropy, 1.06 * entropy + 6);
        Assert.InRange(SparseIndices.TypicalSize(k, N), 0.95 * bytes.Length, 1.05 * bytes.Length);
    }

    [Fact]
    public void NeighboursCostHardlyAnything() =>
        Assert.Equal([5, 6, 7, 900], Decode(Encode([5, 6, 7, 900], 1000), 1000));

    [Fact]
    public void NeverReadsBeyondWhatIsThere()
    {
        const int N = 500;
        byte[] good = Encode(IndexCodecTests.Choose(new Random(2), 40, N), N);
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(good, 3000, seed: 4))
        {
            ReadOnlySpan<byte> rest = bytes;
            if (!SparseIndices.TryReadHead(ref rest, N, out int count, out byte form, out ReadOnlySpan<byte> body)) { refused++; continue; }
            var read = new int[count];
            if (!SparseIndices.TryDecode(body, form, N, read)) { refused++; continue; }
            Assert.All(read.Zip(read.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            Assert.All(read, index => Assert.InRange(index, 0, N - 1));
        }
        Assert.True(refused > 500);
    }

    private static byte[] Encode(int[] indices, int n)
    {
        var bytes = new byte[SparseIndices.MaxSize(n)];
        return bytes[..SparseIndices.Encode(indices, n, bytes)];
    }

    private static int[] Decode(ReadOnlySpan<byte> bytes, int n)
    {
        Assert.True(SparseIndices.TryReadHead(ref bytes, n, out int count, out byte form, out ReadOnlySpan<byte> body));
        Assert.True(bytes.IsEmpty);
        var read = new int[count];
        Assert.True(SparseIndices.TryDecode(body, form, n, read));
        return read;
    }
}
