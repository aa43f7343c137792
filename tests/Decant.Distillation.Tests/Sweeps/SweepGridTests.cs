using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Sweeps;

public class SweepGridTests
{
    [Fact]
    public void Keys_of_a_map_go_each_against_each_the_last_fastest() => Assert.Equal(
        ["a.b 1, c x", "a.b 1, c [2, 3]", "a.b 2e-5, c x", "a.b 2e-5, c [2, 3]"],
        Expand("{ a.b: [1, 2e-5], c: [x, [2, 3]] }").Select(s => string.Join(", ", s.Values.Select(v => $"{v.Key} {v.Value}"))));

    [Fact]
    public void Keys_in_one_entry_of_a_list_move_together() => Assert.Equal(
        ["soft 0.2, hard 0.8, lr 1", "soft 0.2, hard 0.8, lr 2", "soft 0.7, hard 0.3, lr 1", "soft 0.7, hard 0.3, lr 2"],
        Expand("""
            - x.soft: [0.2, 0.7]
              x.hard: [0.8, 0.3]
            - x.lr: [1, 2]
            """).Select(s => s.ToString()));

    [Theory]
    [InlineData("3", "g:1: grid must be a map from a recipe's key to a list of values, or a list of such maps whose keys move together.")]
    [InlineData("{}", "g:1: grid must be a map")]
    [InlineData("[]", "g:1: grid must be a map")]
    [InlineData("{ a: 3 }", "g:1: grid: a must be a list of the values to try, but is '3'.")]
    [InlineData("{ a: [] }", "g:1: grid: a must be a list of the values to try, but is a list.")]
    [InlineData("[3]", "g:1: an entry of grid must be a map from key to values, but is '3'.")]
    [InlineData("- a: [1, 2]\n  b: [1]", "g:2: grid: b moves together with a, which has 2 values, but has 1.")]
    [InlineData("- a: [1, 2]\n- a: [1]", "g:1: grid has the key a twice.")]
    public void Another_form_is_refused(string yaml, string message) =>
        Assert.StartsWith(message, Assert.Throws<RecipeException>(() => Expand(yaml)).Message);

    [Fact]
    public void A_grid_without_end_is_refused()
    {
        string axes = string.Join(", ", Enumerable.Range(0, 17).Select(i => $"k{i}: [1, 2]"));
        Assert.Equal("g:1: grid has more than 100000 settings.", Assert.Throws<RecipeException>(() => Expand($"{{ {axes} }}")).Message);
    }

    private static IReadOnlyList<SweepSetting> Expand(string yaml) => SweepGrid.Expand(RecipeYaml.Parse(yaml, "g"));
}
