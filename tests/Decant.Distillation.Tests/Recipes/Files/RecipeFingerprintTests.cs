using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

public class RecipeFingerprintTests
{
    private const string Yaml = """
        task: { name: synthetic }
        student: { config: { layers: 2, hidden: 64, heads: 2 } }
        stages: [{ epochs: 1, objectives: { hardLabels: {} } }]
        """;

    private static readonly Recipe Plain = Parse(Yaml);

    [Fact]
    public void Spelling_order_comments_and_defaults_do_not_matter() => Assert.Equal(Plain.Fingerprint(), Parse("""
        # the same
        stages:
          - objectives: { hardLabels: { weight: 1.0 } }
            epochs: 1.0
            batchSize: 32
        student:
          config: { heads: 2, hidden: 64, layers: 2, intermediate: 0 }
        task:
          name: "synthetic"
        """).Fingerprint());

    [Fact]
    public void What_does_not_touch_the_figures_does_not_matter() => Assert.Equal(Plain.Fingerprint(),
        (Plain with { Name = "b", Description = "c", Cite = "d", Output = "e", Threads = 3, Device = DeviceName.Cpu, Seeds = [8] }).Fingerprint());

    [Theory]
    [InlineData("stages.0.epochs=2")]
    [InlineData("stages.0.objectives.hardLabels.weight=2")]
    [InlineData("student.config.layers=3")]
    [InlineData("task.maxLength=64")]
    [InlineData("stages.0.accumulateMode=sum")]
    public void Everything_else_matters(string set) => Assert.NotEqual(Plain.Fingerprint(), Parse(Yaml, set).Fingerprint());

    [Fact]
    public void It_is_sixteen_hexadecimal_digits() => Assert.Matches("^[0-9a-f]{16}$", Plain.Fingerprint());

    private static Recipe Parse(string yaml, params string[] sets) =>
        new RecipeFile(TestObjectives.Catalog).Parse(yaml, "x", sets.Select(RecipeOverride.Parse));
}
