using Decant.Inference;
using Decant.Models.Checkpoints;
using Decant.Serving.Batching;
using Decant.Serving.Models;

namespace Decant.Serving.Contract;

/// <summary>Turns what models say into what clients read.</summary>
internal static class Answers
{
    public static PredictResponse Of(ServedModel model, BatchedAnswers answers, int? topK) => new()
    {
        Model = model.Name,
        Predictions = [.. answers.Answers.Select(answer => Of(model.Facts, answer, topK))],
        Timing = new PredictTiming
        {
            QueueMilliseconds = Math.Round(answers.Waited.TotalMilliseconds, 3),
            ComputeMilliseconds = Math.Round(answers.Computed.TotalMilliseconds, 3),
            BatchSize = answers.BatchSize,
        },
    };

    public static ModelBody Describe(ServedModel model) => new()
    {
        Name = model.Name,
        Task = model.Facts.Problem switch
        {
            ProblemType.MultiLabel => "multi-label",
            ProblemType.Regression => "regression",
            _ => "classification",
        },
        Labels = model.Facts.Problem == ProblemType.Regression ? [] : model.Facts.Labels,
        Layers = model.Facts.Layers,
        MaxTokens = model.Facts.MaxTokens,
        Adaptive = model.Facts.IsAdaptive,
    };

    private static PredictionBody Of(ModelFacts facts, Prediction prediction, int? topK)
    {
        if (facts.Problem == ProblemType.Regression) return new PredictionBody { Value = prediction.Value, ExitLayer = prediction.ExitLayer };
        var scores = new OrderedDictionary<string, float>(StringComparer.Ordinal);
        foreach (LabelScore one in prediction.Top.Take(topK ?? int.MaxValue)) scores.Add(one.Label, one.Score);
        return facts.Problem == ProblemType.MultiLabel
            ? new PredictionBody { Labels = [.. prediction.Chosen.Select(i => facts.Labels[i])], Scores = scores, ExitLayer = prediction.ExitLayer }
            : new PredictionBody { Label = prediction.Label, Score = prediction.Score, Scores = scores, ExitLayer = prediction.ExitLayer };
    }
}
