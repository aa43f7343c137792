using Decant.Text.Streaming;

namespace Decant.Text.Tests.Streaming;

public class LineBlockTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one", "one")]
    [InlineData("one\n", "one")]
    [InlineData("one\r\ntwo\n\nthree", "one|two||three")]
    [InlineData("\uFEFFone\ntwo\n", "one|two")]
    [InlineData("é\u2028ü\nñ", "é\u2028ü|ñ")]
    public void Lines_come_out_whole_however_the_stream_is_cut(string text, string lines)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        foreach (int piece in new[] { 1, 2, 3, 1000 })
            foreach (int block in new[] { 1, 4, 1000 })
            {
                LineBlock[] blocks = [.. LineBlock.Cut(new Dripping(bytes, piece), block)];
                Assert.Equal(lines, string.Join('|', blocks.SelectMany(b => b.Lines()).Select(line => System.Text.Encoding.UTF8.GetString(line.Span))));
                long next = 1;
                foreach (LineBlock one in blocks)
                {
                    Assert.Equal(next, one.FirstLine);
                    next += one.Lines().Count();
                }
            }
    }

    [Fact]
    public void A_complete_line_is_handed_on_before_the_next_is_there()
    {
        var stream = new Dripping("one\ntwo\n"u8.ToArray(), 4);
        using IEnumerator<LineBlock> blocks = LineBlock.Cut(stream).GetEnumerator();
        Assert.True(blocks.MoveNext());
        Assert.Equal(4, stream.Position);
        Assert.Single(blocks.Current.Lines());
    }

    [Fact]
    public void An_endless_line_is_refused()
    {
        var error = Assert.Throws<DecantException>(() => LineBlock.Cut(new MemoryStream(new byte[100]), blockBytes: 8, longestLine: 64).Count());
        Assert.StartsWith("Line 1 is longer than 64 bytes", error.Message);
    }

    // A stream that gives a few bytes at a time, as pipes do.
    private sealed class Dripping(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(piece, count));
    }
}
