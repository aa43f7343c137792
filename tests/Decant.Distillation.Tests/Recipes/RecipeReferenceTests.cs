using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Recipes;

/// <summary>docs/recipes.md says what the code does. Set DECANT_UPDATE_DOCS=1 to write its tables anew.</summary>
public class RecipeReferenceTests
{
    private static readonly string Docs = Path.Combine(TestPaths.RepositoryRoot, "docs", "recipes.md");

    [Theory]
    [InlineData("recipe", true)]
    [InlineData("sweep", false)]
    public void Tables_in_the_docs_are_those_of_the_code(string name, bool recipe)
    {
        string start = $"<!-- {name} keys, written by RecipeReferenceTests -->\n\n", end = $"<!-- end of {name} keys -->";
        string tables = recipe ? RecipeReference.RecipeTables() : RecipeReference.SweepTables();
        string text = File.ReadAllText(Docs);
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length, to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from > start.Length && to >= from, $"{Docs} has lost the marks around the {name} keys");
        if (Environment.GetEnvironmentVariable("DECANT_UPDATE_DOCS") == "1")
            File.WriteAllText(Docs, text[..from] + tables + text[to..]);
        else
            Assert.True(text[from..to] == tables, $"The {name} keys in docs/recipes.md are not those of the code; run this test with DECANT_UPDATE_DOCS=1.");
    }

    [Fact]
    public void Examples_in_the_docs_can_be_read()
    {
        string[] blocks = [.. File.ReadAllText(Docs).Split("```yaml\n").Skip(1).Select(b => b.Split("```")[0])];
        Assert.Equal("hardLabels + softLabels + patience", new RecipeFile(KnownObjectives.Catalog).Parse(blocks[0]).Stages[0].Objectives.ToString());
        SweepOptions sweep = new RecipeBinder().Bind<SweepOptions>(RecipeYaml.Parse(blocks[1] + blocks[2], "docs"));
        Assert.Equal(27, SweepGrid.Expand(sweep.Grid).Count);
        Assert.Equal(3, sweep.BestOf!.Keys.Count);
    }

    [Fact]
    public void Defaults_in_doc_comments_are_the_real_ones()
    {
        int compared = 0;
        foreach ((_, Type type) in RecipeReference.Sections)
        {
            object defaults = OptionsShape.Of(type).CreateDefault();
            foreach (OptionsKey key in OptionsShape.Of(type).Keys)
            {
                string comment = RecipeReference.Comment(type, key);
                if (key.IsRequired || Written(key.Property.GetValue(defaults)) is not { } written) continue;
                Assert.True(comment.Contains($"Default: {written}", StringComparison.Ordinal), $"{type.Name}.{key.Property.Name} is {written} by default, but its comment says: {comment}");
                compared++;
            }
        }
        Assert.True(compared > 40, $"only {compared} defaults were compared");
    }

    // Null where there is no default, or where it is a record of its own.
    private static string? Written(object? value) => value switch
    {
        bool b => b ? "true" : "false",
        Enum e => EnumNames.Write(e),
        double d => d.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal),
        int or long or string or Cadence or LayerSelection or LayerMapRule or TokenSelection or NeuronSelection => value.ToString(),
        _ => null,
    };
}
