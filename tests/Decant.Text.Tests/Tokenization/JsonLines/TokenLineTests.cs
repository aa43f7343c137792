using Decant.Text.Streaming;
using Decant.Text.Tokenization.JsonLines;

namespace Decant.Text.Tests.Tokenization.JsonLines;

public class TokenLineTests
{
    [Theory]
    [InlineData("""{"text": "a"}""", "a", null, null)]
    [InlineData("""{"max_length": 7, "pair": "b", "text": "a", "other": [{"text": "z"}]}""", "a", "b", 7)]
    [InlineData("""{"text": "\u00e9\n", "pair": null, "max_length": null}""", "é\n", null, null)]
    [InlineData("""{"text": "", "pair": ""}""", "", "", null)]
    public void The_three_fields_are_read_in_any_order(string line, string text, string? pair, int? maxLength) =>
        Assert.Equal(new TokenLine(text, pair, maxLength), Read(line));

    [Theory]
    [InlineData("[1]", "f: line 3 is no JSON object; write {\"text\": \"…\"}, and \"pair\" and \"max_length\" where needed.")]
    [InlineData("{}", "f: line 3 has no \"text\".")]
    [InlineData("""{"text": null}""", "f: line 3: \"text\" is null, but it must be a text in quotes.")]
    [InlineData("""{"text": 5}""", "f: line 3: \"text\" must be a text in quotes.")]
    [InlineData("""{"text": "a", "pair": false}""", "f: line 3: \"pair\" must be a text in quotes.")]
    [InlineData("""{"text": "a", "max_length": 0}""", "f: line 3: \"max_length\" must be a whole number from 1.")]
    [InlineData("""{"text": "a", "max_length": 1.5}""", "f: line 3: \"max_length\" must be a whole number from 1.")]
    [InlineData("""{"text": "a"} {}""", "f: line 3 is not valid JSON at byte 15: ")]
    [InlineData("""{"text": "a" """, "f: line 3 is not valid JSON at byte ")]
    [InlineData("text", "f: line 3 is not valid JSON at byte 2: ")]
    [InlineData("""{"text": "\ud800"}""", "f: line 3 holds a text that is no Unicode")]
    public void What_is_wrong_is_said_with_its_line(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<DecantException>(() => Read(line)).Message);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        byte[] line = [.. "{\"text\": \""u8, 0xFF, .. "\"}"u8];
        Assert.Contains("no Unicode", Assert.Throws<DecantException>(() => TokenLine.Read(line, new LinePlace("f", 3))).Message);
    }

    private static TokenLine Read(string line) => TokenLine.Read(System.Text.Encoding.UTF8.GetBytes(line), new LinePlace("f", 3));
}
