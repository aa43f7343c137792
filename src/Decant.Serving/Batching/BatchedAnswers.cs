using Decant.Inference;
using Decant.Serving.Models;

namespace Decant.Serving.Batching;

/// <summary>The answers of one call.</summary>
/// <param name="Answers">In the order of the inputs.</param>
/// <param name="BatchSize">Inputs, of this call and of others, in the largest batch that this call was part of.</param>
/// <param name="Waited">From the arrival of the call until its first batch began.</param>
/// <param name="Computed">From then until its last batch ended.</param>
public sealed record BatchedAnswers(IReadOnlyList<Prediction> Answers, int BatchSize, TimeSpan Waited, TimeSpan Computed);
