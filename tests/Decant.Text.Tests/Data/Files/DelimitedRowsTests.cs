using System.Text;
using Decant.Text.Data.Files;

namespace Decant.Text.Tests.Data.Files;

public class DelimitedRowsTests
{
    private static IEnumerable<TextLine> Lines(string text) => Utf8Lines.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv");

    private static string Csv(string text) => Show(DelimitedRows.Quoted(Lines(text), ',', "f.csv"));

    private static string Show(IEnumerable<Row> rows) => string.Join(" / ", rows.Select(r => $"{r.Line}: {string.Join("|", r.Fields)}"));

    [Theory]
    [InlineData("a,b\nc,d\n", "1: a|b / 2: c|d")]
    [InlineData("a,,\r\n,\r\n", "1: a|| / 2: |")]
    [InlineData("\"a,b\",c", "1: a,b|c")]
    [InlineData("\"say \"\"hi\"\"\",\"\"", "1: say \"hi\"|")]
    [InlineData("\"\"\"\"", "1: \"")]
    [InlineData("x,\"two\nlines\r\n\nfour\",y\nz,,w", "1: x|two\nlines\n\nfour|y / 5: z||w")]
    [InlineData("a\"b,c\"\n", "1: a\"b|c\"")] // a quote inside an unquoted field is text
    [InlineData("\n\na\n\n", "3: a")]
    [InlineData("\"a\",", "1: a|")]
    [InlineData("", "")]
    public void ReadsCsvAsTheStandardSays(string text, string expected) => Assert.Equal(expected, Csv(text));

    [Fact]
    public void NamesTheLineOfAnUnclosedQuote()
    {
        var error = Assert.Throws<DecantException>(() => Csv("a,b\nc,\"d\ne,f\n"));
        Assert.Equal("f.csv: line 2: a quote (\") is opened and never closed. Close it, or double it (\"\") if it belongs to the text.", error.Message);
    }

    [Fact]
    public void NamesThePlaceOfTextAfterAClosingQuote()
    {
        var error = Assert.Throws<DecantException>(() => Csv("a,b\n\"c\"d,e\n"));
        Assert.Equal("f.csv: line 2: 'd' follows a closing quote at column 4. Double the quotes (\"\") that belong to the text.", error.Message);
    }

    [Fact]
    public void WithoutQuotingAQuoteIsText() =>
        Assert.Equal("1: \"a|b\" / 3: c\"|\"d", Show(DelimitedRows.Unquoted(Lines("\"a\tb\"\n\nc\"\t\"d\n"), '\t')));

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        var random = new Random(11);
        const string alphabet = "ab,\"\n é";
        for (int round = 0; round < 300; round++)
        {
            string[][] rows = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Enumerable.Range(0, 2 + random.Next(3))
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => alphabet[random.Next(alphabet.Length)]))).ToArray())];
            string text = string.Concat(rows.Select(r => string.Join(",", r.Select(f => $"\"{f.Replace("\"", "\"\"")}\"")) + "\r\n"));
            Assert.Equal(rows, DelimitedRows.Quoted(Lines(text), ',', "f").Select(r => r.Fields));
        }
    }

    [Fact]
    public void AnyTextIsReadOrRefusedInOneMessage()
    {
        var random = new Random(12);
        const string alphabet = "a,\"\n";
        for (int round = 0; round < 2000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            try
            {
                Csv(text);
            }
            catch (DecantException e)
            {
                Assert.StartsWith("f.csv: line ", e.Message, StringComparison.Ordinal);
            }
        }
    }
}
