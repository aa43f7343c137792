using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Tests.Reports.Markup;

public class MarkupWriterTests
{
    [Fact]
    public void Elements_nest_and_values_are_escaped()
    {
        var writer = new MarkupWriter();
        using (writer.Open("p", ("title", "a\"b"), ("class", null)))
        {
            writer.Element("b", "1 < 2");
            writer.Empty("br");
        }
        Assert.Equal("<p title=\"a&quot;b\"><b>1 &lt; 2</b><br/></p>", writer.ToString());
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1 / 3.0, "0.33")]
    [InlineData(-0.001, "0")]
    [InlineData(1e6 + 0.5, "1000000.5")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, MarkupWriter.Number(value));

    [Fact]
    public void An_element_left_open_is_a_mistake()
    {
        var writer = new MarkupWriter();
        writer.Open("p");
        Assert.Throws<InvalidOperationException>(() => writer.ToString());
    }
}
