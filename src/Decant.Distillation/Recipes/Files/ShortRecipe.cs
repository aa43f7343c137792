namespace Decant.Distillation.Recipes.Files;

/// <summary>Recipes that need no file: a common experiment with values set over it.</summary>
public static class ShortRecipe
{
    private const string Finetuning = """
        task: {}
        student: {}
        stages:
          - name: train
            epochs: 3
            batchSize: 32
            objectives: { hardLabels: { weight: 1 } }
        """;

    // Weights and temperature lie in the middle of PKD's grid (Sun et al. 2019, section 4.2).
    private const string Vanilla = """
        task: {}
        teacher: {}
        student: {}
        stages:
          - name: train
            epochs: 4
            batchSize: 32
            objectives:
              hardLabels: { weight: 0.5 }
              softLabels: { weight: 0.5, temperature: 10 }
        """;

    /// <summary>The methods of distillation by name: <c>kd</c>, <c>pkd-skip</c>, <c>pkd-last</c>.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["kd", "pkd-skip", "pkd-last"];

    /// <summary>Fine-tuning on the labels: 3 epochs in batches of 32 (Devlin et al. 2019), all else by default.</summary>
    /// <param name="catalog">The objectives that recipes may name.</param>
    /// <param name="overrides">Values set over it: at least the task and the student.</param>
    /// <exception cref="Binding.RecipeException">A value is missing or wrong.</exception>
    public static Recipe Finetune(ObjectiveCatalog catalog, IEnumerable<RecipeOverride> overrides) =>
        new RecipeFile(catalog).Parse(Finetuning, "finetune", overrides);

    /// <summary>Distillation from a fine-tuned teacher: 4 epochs in batches of 32, hard and soft labels equally, temperature 10; PKD adds patience × 100.</summary>
    /// <param name="catalog">The objectives that recipes may name.</param>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="overrides">Values set over it: at least the task, the teacher and the student.</param>
    /// <exception cref="DecantException">The method is not known, or a value is missing or wrong.</exception>
    public static Recipe Distill(ObjectiveCatalog catalog, string method, IEnumerable<RecipeOverride> overrides)
    {
        if (!Methods.Contains(method))
            throw new DecantException($"There is no method '{method}'; the methods are {string.Join(", ", Methods)}.");
        IEnumerable<RecipeOverride> patience = method.StartsWith("pkd-", StringComparison.Ordinal)
            ? [RecipeOverride.Parse($"stages.0.objectives.patience={{weight: 100, layers: {method["pkd-".Length..]}}}")]
            : [];
        return new RecipeFile(catalog).Parse(Vanilla, "distill", patience.Concat(overrides));
    }
}
