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

    private static PredictionBody Of(ModelFacts facts, ModelAnswer answer, int? topK)
    {
        if (facts.Problem == ProblemType.Regression) return new PredictionBody { Value = answer.Scores[0], ExitLayer = answer.ExitLayer };
        IReadOnlyDictionary<string, float> scores = Scores(facts, answer, topK);
        return facts.Problem == ProblemType.MultiLabel
            ? new PredictionBody { Labels = [.. answer.Chosen.Select(i => facts.Labels[i])], Scores = scores, ExitLayer = answer.ExitLayer }
            : new PredictionBody { Label = facts.Labels[answer.Chosen[0]], Score = answer.Scores[answer.Chosen[0]], Scores = scores, ExitLayer = answer.ExitLayer };
    }

    private static OrderedDictionary<string, float> Scores(ModelFacts facts, ModelAnswer answer, int? topK)
    {
        int[] order = [.. Enumerable.Range(0, answer.Scores.Count)];
        Array.Sort(order, (a, b) => answer.Scores[b].CompareTo(answer.Scores[a]) is not 0 and var byScore ? byScore : a.CompareTo(b));
        int count = Math.Min(topK ?? order.Length, order.Length);
        var scores = new OrderedDictionary<string, float>(count, StringComparer.Ordinal);
        foreach (int i in order.AsSpan(0, count)) scores.Add(facts.Labels[i], answer.Scores[i]);
        return scores;
    }
}
