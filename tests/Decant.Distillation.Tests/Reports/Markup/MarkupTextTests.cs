using System.Xml.Linq;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Tests.Reports.Markup;

public class MarkupTextTests
{
    [Fact]
    public void Special_characters_are_escaped() =>
        Assert.Equal("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt; &amp;amp;", MarkupText.Escape("<a href=\"x\" b='y'> &amp;"));

    [Fact]
    public void What_xml_cannot_hold_is_replaced() =>
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd\uFFFD\te\nf", MarkupText.Escape("a\0b\u001bc\ud800d\uffff\te\r\nf"));

    [Fact]
    public void Every_character_survives_or_is_replaced_and_the_result_is_always_well_formed()
    {
        string all = string.Concat(Enumerable.Range(0, 0x10000).Select(i => (char)i)) + "😀";
        var element = XElement.Parse($"<a b=\"{MarkupText.Escape(all)}\">{MarkupText.Escape(all)}</a>");
        Assert.Contains("😀", element.Value);
        Assert.Contains("\"#$%&'()", element.Attribute("b")!.Value);
    }
}
