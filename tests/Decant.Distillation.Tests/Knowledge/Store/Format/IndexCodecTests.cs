using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Tests.Knowledge.Store.Format;

public class IndexCodecTests
{
    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(100, 100, 0)] // all of them: nothing to say
    [InlineData(1, 128, 1)]   // 7 bits
    [InlineData(10, 128, 9)]  // 70 bits packed, 128 as a bitmap
    [InlineData(10, 30, 4)]   // 50 bits packed, 30 as a bitmap
    [InlineData(76, 768, 95)] // 760 bits packed, 768 as a bitmap
    [InlineData(77, 768, 96)]
    public void TakesTheSmallerOfBitmapAndPackedIndices(int k, int n, int bytes) => Assert.Equal(bytes, IndexCodec.Size(k, n));

    [Fact]
    public void ReadsBackEverySetOfSmallRanges()
    {
        for (int n = 1; n <= 9; n++)
            for (int set = 0; set < 1 << n; set++)
                AssertRoundTrip([.. Enumerable.Range(0, n).Where(i => (set >> i & 1) != 0)], n);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ReadsBackRandomSets(int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = random.Next(1, 1 << random.Next(1, 17)), k = random.Next(0, n + 1);
            AssertRoundTrip(Choose(random, k, n), n);
        }
    }

    [Theory]
    [InlineData(3, 16, 2)]  // a bitmap with too many bits
    [InlineData(2, 200, 2)] // packed, not rising
    public void NoticesBytesThatItNeverWrites(int k, int n, int bytes) =>
        Assert.False(IndexCodec.TryDecode(Enumerable.Repeat((byte)255, bytes).ToArray(), n, new int[k]));

    internal static int[] Choose(Random random, int k, int n)
    {
        int[] all = [.. Enumerable.Range(0, n)];
        random.Shuffle(all);
        return [.. all.Take(k).Order()];
    }

    private static void AssertRoundTrip(int[] indices, int n)
    {
        var bytes = new byte[IndexCodec.Size(indices.Length, n)];
        IndexCodec.Encode(indices, n, bytes);
        var read = new int[indices.Length];
        Assert.True(IndexCodec.TryDecode(bytes, n, read));
        Assert.Equal(indices, read);
    }
}
