namespace Decant.Tests.Knowledge.Store.Format;

public class Crc32CTests
{
    [Fact]
    public void MatchesThePublishedCheckValue() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact] // RFC 3720, appendix B.4
    public void MatchesTheVectorsOfIscsi()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }
}
