using Decant.Distillation.Recipes.Binding;

namespace Decant.Tests.Recipes.Binding;

public class RecipeYamlTests
{
    [Theory]
    [InlineData("a: 1\nb: [1\nc: 2", "f:2: this is not valid YAML: a bracket, brace or quote is left open here or below.")]
    [InlineData("a: 1\na: 2", "f:2: the key 'a' is there twice; the first is at line 1.")]
    [InlineData("a: &x 1\nb: *x", "f:1: anchors (&, *) are not allowed; use 'extends' to share settings.")]
    [InlineData("a: !!python/object:os.system x", "f:1: the tag tag:yaml.org,2002:python/object:os.system is not allowed; write plain values.")]
    [InlineData("a: 1\n---\nb: 2", "f:2: a second document starts here; put each recipe into its own file.")]
    [InlineData("? [a, b]\n: 1", "f:2: a key must be a plain name.")]
    [InlineData("a:\n\t- 1", "f:")]
    [InlineData("a: \"\\q\"", "f:1: this is not valid YAML:")]
    [InlineData("a: 'open", "f:")]
    public void What_recipes_do_not_allow_is_refused_with_its_line(string yaml, string message) =>
        Assert.StartsWith(message, Assert.Throws<RecipeException>(() => RecipeYaml.Parse(yaml, "f")).Message);

    [Fact]
    public void Deep_nesting_is_refused_before_the_stack_ends()
    {
        foreach (string open in new[] { "[", "{a: ", "- " })
        {
            string yaml = string.Concat(Enumerable.Repeat(open, 100_000));
            Assert.StartsWith("f:1: nested more than 32 levels deep.", Assert.Throws<RecipeException>(() => RecipeYaml.Parse(yaml, "f")).Message);
        }
    }

    [Fact]
    public void Damaged_text_gives_a_recipe_or_a_clear_error()
    {
        const string Yaml = "task: { name: sst-2, data: \"x\\ty\" }\nstages:\n  - name: 'distil'\n    text: |\n      two\n      lines\nseeds: [1, 2]\n# end\n";
        const string Marks = "{}[]:,&*!|>'\"%@`#-? \n\t\0\u0085a1";
        Random random = new(7);
        for (int i = 0; i < 1000; i++)
        {
            char[] text = Yaml.ToCharArray();
            for (int n = random.Next(1, 4); n > 0; n--) text[random.Next(text.Length)] = Marks[random.Next(Marks.Length)];
            try { Assert.NotNull(RecipeYaml.Parse(new string(text), "f")); }
            catch (RecipeException e) { Assert.StartsWith("f:", e.Message); }
        }
    }

    [Fact]
    public void Quoted_text_is_never_null_and_keeps_its_look()
    {
        RecipeMap map = (RecipeMap)RecipeYaml.Parse("a: ''\nb: \"~\"\nc: ~\nd: |\n  two\n  lines\n", "f");
        Assert.False(((RecipeScalar)map.Find("a")!).IsNull);
        Assert.False(((RecipeScalar)map.Find("b")!).IsNull);
        Assert.True(((RecipeScalar)map.Find("c")!).IsNull);
        Assert.Equal("two\nlines\n", ((RecipeScalar)map.Find("d")!).Text);
        Assert.Equal(4, map.Find("d")!.Origin.Line);
        Assert.Equal("{a: \"\", b: \"~\", c: ~, d: \"two\\nlines\\n\"}", map.ToFlow());
    }
}
