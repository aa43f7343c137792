using Decant.Export.Protobuf;
using Decant.Tests;

namespace Decant.Export.Tests.Protobuf;

public class ProtoTests
{
    private static byte[] Bytes(ProtoMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        Assert.Equal(message.Length, stream.Length);
        return stream.ToArray();
    }

    // The examples of protobuf's own description of its encoding.
    [Fact]
    public void Fields_have_the_published_bytes()
    {
        Assert.Equal("089601", Convert.ToHexStringLower(Bytes(new ProtoMessage().Add(1, 150L))));
        Assert.Equal("120774657374696e67", Convert.ToHexStringLower(Bytes(new ProtoMessage().Add(2, "testing"))));
        Assert.Equal("1a03089601", Convert.ToHexStringLower(Bytes(new ProtoMessage().Add(3, new ProtoMessage().Add(1, 150L)))));
        Assert.Equal("08feffffffffffffffff01", Convert.ToHexStringLower(Bytes(new ProtoMessage().Add(1, -2L))));
        Assert.Equal("0d0000803f", Convert.ToHexStringLower(Bytes(new ProtoMessage().Add(1, 1f))));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        ProtoMessage inner = new ProtoMessage().Add(1, long.MinValue).Add(2, 0.25f);
        byte[] bytes = Bytes(new ProtoMessage().Add(1, "é").Add(200, inner).Add(3, 5, stream => stream.Write("bytes"u8)));
        ProtoField[] fields = [.. ProtoReader.Fields(bytes)];
        Assert.Equal([1, 200, 3], fields.Select(f => f.Number));
        Assert.Equal("é", fields[0].Text);
        ProtoField[] nested = [.. ProtoReader.Fields(fields[1].Payload)];
        Assert.Equal(long.MinValue, nested[0].Integer);
        Assert.Equal(0.25f, nested[1].Single);
        Assert.Equal("bytes"u8.ToArray(), fields[2].Payload.ToArray());
    }

    [Theory]
    [InlineData("08", "an integer is cut off")]
    [InlineData("12077465", "reaches beyond the end")]
    [InlineData("0b", "unknown wire type 3")]
    [InlineData("00", "no field number 0")]
    [InlineData("08ffffffffffffffffffff01", "more than ten bytes")]
    [InlineData("0d0000", "reaches beyond the end")]
    public void Damage_is_told(string hex, string message) =>
        Assert.Contains(message, Assert.Throws<ProtoException>(() => ProtoReader.Fields(Convert.FromHexString(hex)).Count()).Message);

    [Fact]
    public void A_value_of_another_kind_is_refused() =>
        Assert.Contains("wire type", Assert.Throws<ProtoException>(() => ProtoReader.Fields(Bytes(new ProtoMessage().Add(1, 5L))).First().Text).Message);

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused() =>
        Assert.Contains("not UTF-8", Assert.Throws<ProtoException>(() => ProtoReader.Fields(Convert.FromHexString("0a01ff")).First().Text).Message);

    [Fact]
    public void Packed_integers_are_read_as_repeated_ones_are() =>
        Assert.Equal([3L, 270L, 86942L], ProtoReader.Fields(Convert.FromHexString("3206038e029ea705")).First().Integers);

    [Fact]
    public void No_damage_does_more_than_be_refused()
    {
        byte[] good = Bytes(new ProtoMessage().Add(1, 150L).Add(2, "testing").Add(3, new ProtoMessage().Add(1, 150L)));
        foreach (byte[] bytes in Mutations.Of(good, 2000, seed: 1))
            try { foreach (ProtoField field in ProtoReader.Fields(bytes)) _ = field.Integers.Count(); }
            catch (ProtoException) { }
    }
}
