using Decant.Distillation.Recipes;

namespace Decant.Distillation.Sweeps;

/// <summary>One run of a sweep: a setting with a seed.</summary>
/// <param name="Id">Fingerprint of the recipe, and the seed: <c>0123456789abcdef-s1</c>. It does not depend on the order or size of the grid.</param>
/// <param name="Setting">The values that are set over the recipe.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Recipe">What to run: one seed, and an output folder of its own.</param>
public sealed record SweepTrial(string Id, SweepSetting Setting, int Seed, Recipe Recipe);

/// <summary>What a trial gave.</summary>
/// <param name="Metrics">Dev figures by name, for example <c>accuracy</c>; of the weights that the run keeps.</param>
public sealed record TrialResult(IReadOnlyDictionary<string, double> Metrics);
