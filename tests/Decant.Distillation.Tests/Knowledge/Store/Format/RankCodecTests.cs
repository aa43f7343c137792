using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Tests.Knowledge.Store.Format;

public class RankCodecTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]  // one token: nothing to say
    [InlineData(2, 1)]
    [InlineData(4, 1)]  // 8 bits
    [InlineData(5, 2)]  // 15 bits
    [InlineData(10, 5)] // 40 bits
    [InlineData(64, 48)]
    [InlineData(65, 57)] // 455 bits
    public void TakesAsFewBitsAsTellTheRanksApart(int k, int bytes) => Assert.Equal(bytes, RankCodec.Size(k));

    [Fact]
    public void ReadsBackEveryOrder()
    {
        var random = new Random(1);
        for (int k = 0; k <= 130; k++)
        {
            int[] ranks = [.. Enumerable.Range(0, k)], read = new int[k];
            random.Shuffle(ranks);
            byte[] bytes = [.. Enumerable.Repeat((byte)255, RankCodec.Size(k))];
            RankCodec.Encode(ranks, bytes);
            Assert.True(RankCodec.TryDecode(bytes, read, [.. Enumerable.Repeat(9, k)]));
            Assert.Equal(ranks, read);
        }
    }

    [Theory]
    [InlineData(3, new byte[] { 0b_11_01_00 })] // a rank of 3 among 3
    [InlineData(3, new byte[] { 0b_01_01_00 })] // 1 twice
    [InlineData(2, new byte[] { 0b_00 })]
    [InlineData(2, new byte[] { 0b_11 })]
    public void NoticesARankThatIsMissing(int k, byte[] bytes) => Assert.False(RankCodec.TryDecode(bytes, new int[k], new int[k]));
}
