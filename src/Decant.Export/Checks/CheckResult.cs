using Decant.Distillation.Evaluation;

namespace Decant.Export.Checks;

/// <summary>What came of running a model and its exported file side by side.</summary>
/// <param name="Source">Where the examples came from.</param>
/// <param name="Agreement">How far their outputs are apart.</param>
/// <param name="Model">The model's metrics; null for examples without labels.</param>
/// <param name="Exported">The file's metrics; null for examples without labels.</param>
public sealed record CheckResult(string Source, Agreement Agreement, EvaluationResult? Model, EvaluationResult? Exported);
