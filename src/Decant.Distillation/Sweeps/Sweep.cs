using Decant.Distillation.Evaluation.Metrics;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Distillation.Sweeps;

/// <summary>A sweep that is ready to run: every trial has been read and checked.</summary>
public sealed record Sweep
{
    private Sweep(string name, string metric, string output, IReadOnlyList<SweepTrial> trials) =>
        (Name, Metric, Output, Trials) = (name, metric, output, trials);

    /// <summary>Short name.</summary>
    public string Name { get; }

    /// <summary>The figure by which settings are compared.</summary>
    public string Metric { get; }

    /// <summary>More of the metric is better; so it is unless it is known to be an error.</summary>
    public bool HigherIsBetter => !MetricSet.KnownNames.Contains(Metric) || MetricSet.Find(Metric).HigherIsBetter;

    /// <summary>Folder of the ledger, the table and the trials.</summary>
    public string Output { get; }

    /// <summary>Path of the ledger.</summary>
    public string LedgerPath => Path.Combine(Output, "sweep.jsonl");

    /// <summary>All trials: every setting with the first seed, then with the next, so that an unfinished sweep has tried them all alike.</summary>
    public IReadOnlyList<SweepTrial> Trials { get; }

    /// <summary>The settings, in the order of the grid.</summary>
    public IReadOnlyList<SweepSetting> Settings => [.. Trials.Select(t => t.Setting).Distinct()];

    /// <summary>Reads a sweep, and its recipe once for each setting.</summary>
    /// <param name="path">The sweep's file. It may extend others, as recipes may.</param>
    /// <param name="catalog">The objectives that recipes may name.</param>
    /// <param name="overrides">Values to set over the sweep's own keys. Default: none.</param>
    /// <exception cref="RecipeException">The sweep or one of its recipes is wrong, or the sweep of <c>bestOf</c> is not finished.</exception>
    public static Sweep Load(string path, ObjectiveCatalog catalog, params IEnumerable<RecipeOverride> overrides) => Load(path, catalog, overrides, []);

    private static Sweep Load(string path, ObjectiveCatalog catalog, IEnumerable<RecipeOverride> overrides, IReadOnlyList<string> chain)
    {
        if (chain.Contains(Path.GetFullPath(path)))
            throw new RecipeException($"{path}: bestOf leads back to this sweep.");
        RecipeNode tree = RecipeFile.ReadTree(path);
        foreach (RecipeOverride set in overrides) tree = set.Apply(tree);
        SweepOptions options = new RecipeBinder().Bind<SweepOptions>(tree);
        string folder = Path.GetDirectoryName(path) ?? "", name = options.Name ?? Path.GetFileNameWithoutExtension(path);
        string output = options.Output ?? Path.Combine("runs", "sweeps", name);
        IReadOnlyList<SweepValue> fixedValues = [.. Fixed(options), .. Best(options, folder, catalog, [.. chain, Path.GetFullPath(path)])];
        RecipeFile files = new(catalog);
        RecipeNode recipeTree = RecipeFile.ReadTree(Path.Combine(folder, options.Recipe));
        List<SweepTrial> trials = [];
        foreach (SweepSetting point in SweepGrid.Expand(options.Grid))
        {
            SweepSetting setting = new([.. fixedValues.Where(f => point.Find(f.Key) is null), .. point.Values]);
            Recipe recipe = files.Bind(recipeTree, options.Recipe, setting.ToOverrides(path));
            string fingerprint = recipe.Fingerprint();
            trials.AddRange((options.Seeds ?? recipe.Seeds).Select(seed => Trial(recipe, fingerprint, seed, point, output)));
        }
        if (trials.GroupBy(t => t.Id).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new RecipeException($"{path}: two settings of the grid are the same: {string.Join(" and ", same.Select(t => t.Setting))}.");
        return new(name, options.Metric, output, [.. InSeedOrder(trials)]);
    }

    private static IEnumerable<SweepTrial> InSeedOrder(List<SweepTrial> trials)
    {
        int[] seeds = [.. trials.Select(t => t.Seed).Distinct()];
        return trials.OrderBy(t => Array.IndexOf(seeds, t.Seed));
    }

    private static SweepTrial Trial(Recipe recipe, string fingerprint, int seed, SweepSetting setting, string output)
    {
        string id = $"{fingerprint}-s{seed}";
        return new(id, setting, seed, recipe with { Name = id, Seeds = [seed], Output = Path.Combine(output, "trials", id) });
    }

    private static IEnumerable<SweepValue> Fixed(SweepOptions options) => options.Set switch
    {
        null => [],
        RecipeMap map => map.Entries.Select(e => new SweepValue(e.Key, e.Value.ToFlow())),
        _ => throw RecipeException.At(options.Set.Origin, $"set must be a map from a recipe's key to its value, but is {options.Set.Describe()}."),
    };

    private static IEnumerable<SweepValue> Best(SweepOptions options, string folder, ObjectiveCatalog catalog, IReadOnlyList<string> chain)
    {
        if (options.BestOf is not { } bestOf) return [];
        string path = Path.Combine(folder, bestOf.Sweep);
        Sweep other = Load(path, catalog, [], chain);
        SweepSummary summary = SweepSummary.Of(other, SweepLedger.Open(other.LedgerPath));
        if (summary.Missing > 0)
            throw new RecipeException($"{path}: {summary.Missing} of its {other.Trials.Count} trials are not finished, so its best values are not known; run that sweep first.");
        SweepSetting best = summary.Best!.Setting;
        return [.. bestOf.Keys.Select(key => new SweepValue(key, best.Find(key)
            ?? throw new RecipeException($"bestOf: the grid of {path} has no key {key}. {KeyHint.For(key, "keys", [.. best.Values.Select(v => v.Key)])}")))];
    }
}
