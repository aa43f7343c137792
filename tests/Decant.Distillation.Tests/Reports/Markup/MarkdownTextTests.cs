using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Tests.Reports.Markup;

public class MarkdownTextTests
{
    [Fact]
    public void Nothing_formats_links_or_breaks_the_line() =>
        Assert.Equal(@"\*a\* \_b\_ \`c\` \[d\](e) \| &lt;b&gt; &amp;amp; f", MarkdownText.Escape("*a* _b_ `c` [d](e) | <b> &amp;\nf"));

    [Theory]
    [InlineData("a", "`a`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("a\nb", "`a b`")]
    public void Code_is_fenced_by_more_backticks_than_it_holds(string text, string code) => Assert.Equal(code, MarkdownText.Code(text));

    [Fact]
    public void A_block_cannot_be_ended_from_inside() =>
        Assert.Equal("````yaml\na\n```\nb\n````\n", MarkdownText.Block("a\r\n```\nb\n\n", "yaml"));
}
