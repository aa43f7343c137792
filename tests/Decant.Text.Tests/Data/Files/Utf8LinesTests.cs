using System.Text;
using Decant.Tests;
using Decant.Text.Data.Files;

namespace Decant.Text.Tests.Data.Files;

public class Utf8LinesTests
{
    private static string[] Read(byte[] bytes) => [.. Utf8Lines.Read(new MemoryStream(bytes), "f.tsv").Select(l => $"{l.Number}:{l.Text}")];

    private static string[] Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "1:" })]
    [InlineData("a", new[] { "1:a" })]
    [InlineData("a\n", new[] { "1:a" })]
    [InlineData("a\r\nb\n\nc", new[] { "1:a", "2:b", "3:", "4:c" })]
    [InlineData("\uFEFFa\nb", new[] { "1:a", "2:b" })]
    [InlineData("\uFEFF", new[] { "1:" })]
    [InlineData("a\u0085b\u2028c\rd\n", new[] { "1:a\u0085b\u2028c\rd" })]
    public void SplitsAtLineFeedsOnly(string text, string[] expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void LinesMayBeLongerThanTheBufferAndMayStraddleIt()
    {
        var random = new Random(3);
        string[] lines = [.. Enumerable.Range(0, 200).Select(i => new string((char)('a' + i % 26), random.Next(5000)) + "é€😀")];
        lines[100] = new string('x', 300_000);
        string[] read = [.. Utf8Lines.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "f").Select(l => l.Text)];
        Assert.Equal(lines, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public void NamesThePlaceOfABadByte(int before)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(new string('x', before)), (byte)'\n', (byte)'a', (byte)'b', 0xE9, (byte)'c', (byte)'\n'];
        var error = Assert.Throws<DecantException>(() => Read(bytes));
        Assert.Equal($"f.tsv: line 2 is not UTF-8: byte 0xE9 at offset {before + 3} of the file (column 3 of the line, in bytes). " +
            "Save the file as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 })]             // a lead byte without its second
    [InlineData(new byte[] { 0xC0, 0xAF })]             // an overlong slash
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]       // a surrogate
    [InlineData(new byte[] { 0xE2, 0x82 })]             // cut off at the end of the file
    public void RefusesEveryKindOfBadUtf8(byte[] bytes)
    {
        var error = Assert.Throws<DecantException>(() => Read(bytes));
        Assert.StartsWith($"f.tsv: line 1 is not UTF-8: byte 0x{bytes[0]:X2} at offset 0 of the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecognisesUtf16()
    {
        var error = Assert.Throws<DecantException>(() => Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a\tb\n")).ToArray()));
        Assert.Equal("f.tsv: the file is UTF-16. Save it as UTF-8.", error.Message);
    }

    [Fact]
    public void RefusesALineWithoutEnd()
    {
        var error = Assert.Throws<DecantException>(() => Utf8Lines.Read(new Endless(), "zeros").Count());
        Assert.Equal("zeros: line 1 is longer than 64 MiB. Is this a text file?", error.Message);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Root, "none.tsv");
        var error = Assert.Throws<DecantException>(() => Utf8Lines.Read(path).Count());
        Assert.Equal($"{path}: there is no such file.", error.Message);
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            return count;
        }
    }
}
