using Decant.Distillation.Recipes.Binding;

namespace Decant.Tests.Recipes.Binding;

public class EnvironmentTextTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["DATA"] = "/d", ["EMPTY"] = "" };

    [Theory]
    [InlineData("plain $5 and } {", "plain $5 and } {")]
    [InlineData("${DATA}/glue", "/d/glue")]
    [InlineData("${DATA:-x}${NONE:-/y}", "/d/y")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${NONE:-}", "")]
    [InlineData("$${DATA}", "${DATA}")]
    public void Variables_are_replaced(string text, string expanded) => Assert.Equal(expanded, Expand(text));

    [Theory]
    [InlineData("${NONE}", "f:3: the environment variable NONE is not set; set it, or write ${NONE:-default}.")]
    [InlineData("${EMPTY}", "f:3: the environment variable EMPTY is not set; set it, or write ${EMPTY:-default}.")]
    [InlineData("${a b}", "f:3: '${a b}' is not an environment variable; write ${NAME} or ${NAME:-default}, and $${ for a plain ${.")]
    [InlineData("${", "f:3: '${' is not an environment variable;")]
    public void What_is_not_set_or_misspelt_is_an_error(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<RecipeException>(() => Expand(text)).Message);

    [Theory]
    [InlineData("${DATA} $${x} $ ${")]
    [InlineData("nothing")]
    public void Escaped_text_expands_to_itself(string text) => Assert.Equal(text, Expand(EnvironmentText.Escape(text)));

    [Fact]
    public void A_number_can_come_from_the_environment() =>
        Assert.Equal("{steps: 5}", RecipeYaml.Parse("steps: ${N:-5}", "f", _ => null).ToFlow());

    private static string Expand(string text) => EnvironmentText.Expand(text, Variables.GetValueOrDefault, new("f", 3));
}
