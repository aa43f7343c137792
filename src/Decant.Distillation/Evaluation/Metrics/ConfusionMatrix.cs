namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>Counts of true against predicted classes, from which accuracy, F1 and Matthews correlation follow.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    private ConfusionMatrix(long[,] counts, long total)
    {
        _counts = counts;
        Total = total;
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>Number of examples.</summary>
    public long Total { get; }

    /// <summary>How many examples of class <paramref name="truth"/> were predicted as <paramref name="predicted"/>.</summary>
    /// <param name="truth">True class, 0-based.</param>
    /// <param name="predicted">Predicted class, 0-based.</param>
    public long this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Counts the predictions of a single-label task.</summary>
    /// <param name="predictions">Predictions with one class an example.</param>
    /// <exception cref="DecantException">The predictions are not single-label.</exception>
    public static ConfusionMatrix Of(Predictions predictions)
    {
        if (predictions.Kind != PredictionKind.SingleLabel)
            throw new DecantException($"A confusion matrix needs one class an example, but these are {MetricErrors.Describe(predictions)}.");
        var counts = new long[predictions.OutputCount, predictions.OutputCount];
        for (int i = 0; i < predictions.Count; i++)
            counts[predictions.Labels[i], predictions.PredictedClass(i)]++;
        return new ConfusionMatrix(counts, predictions.Count);
    }

    /// <summary>Counts one label of a multi-label task, as a matrix of two classes (0: absent, 1: present).</summary>
    /// <param name="predictions">Multi-label predictions.</param>
    /// <param name="label">0-based label.</param>
    /// <exception cref="DecantException">The predictions are not multi-label.</exception>
    public static ConfusionMatrix OfLabel(Predictions predictions, int label)
    {
        if (predictions.Kind != PredictionKind.MultiLabel)
            throw new DecantException($"Counting by label needs label sets, but these are {MetricErrors.Describe(predictions)}.");
        var counts = new long[2, 2];
        for (int i = 0; i < predictions.Count; i++)
            counts[predictions.Labels[i * predictions.OutputCount + label], predictions.PredictsLabel(i, label) ? 1 : 0]++;
        return new ConfusionMatrix(counts, predictions.Count);
    }

    /// <summary>Examples whose class was predicted rightly.</summary>
    public long Correct => Enumerable.Range(0, Classes).Sum(c => _counts[c, c]);

    /// <summary>Examples of a class.</summary>
    /// <param name="truth">True class, 0-based.</param>
    public long TrueTotal(int truth) => Enumerable.Range(0, Classes).Sum(c => _counts[truth, c]);

    /// <summary>Examples predicted as a class.</summary>
    /// <param name="predicted">Predicted class, 0-based.</param>
    public long PredictedTotal(int predicted) => Enumerable.Range(0, Classes).Sum(c => _counts[c, predicted]);

    /// <summary>F1 of one class: 2·TP / (2·TP + FP + FN), and 0 where the class is neither true nor predicted anywhere.</summary>
    /// <param name="positive">The class counted as positive.</param>
    public double F1(int positive)
    {
        long denominator = TrueTotal(positive) + PredictedTotal(positive);
        return denominator == 0 ? 0 : 2.0 * _counts[positive, positive] / denominator;
    }
}
