namespace Decant.Text.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("lable", "label")]
    [InlineData("TEXT", "text")]
    [InlineData("sentence", "sentence1")]
    [InlineData("patiance", "patience")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void FindsWhatWasProbablyMeant(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Of(given, ["text", "label", "sentence1", "sentence2", "patience"]));

    [Fact]
    public void OfNothingThereIsNothing() => Assert.Null(NearestName.Of("a", []));
}
