using Decant.Distillation.Evaluation.Metrics;

namespace Decant.Distillation.Tests.Evaluation.Metrics;

/// <summary>Predictions written down as the classes a reader thinks in.</summary>
internal static class Given
{
    /// <summary>One class an example: the predicted class gets logit 1, the others 0.</summary>
    public static Predictions Classes(int classes, int[] truth, int[] predicted)
    {
        var logits = new float[predicted.Length * classes];
        for (int i = 0; i < predicted.Length; i++) logits[i * classes + predicted[i]] = 1;
        return Predictions.ForLabels(logits, classes, truth);
    }

    /// <summary>Label sets: a predicted label gets logit 1, the others −1. One string an example, such as "101".</summary>
    public static Predictions Sets(string[] truth, string[] predicted) => Predictions.ForLabelSets(
        [.. predicted.SelectMany(row => row.Select(c => c == '1' ? 1f : -1f))],
        truth[0].Length,
        [.. truth.SelectMany(row => row.Select(c => c - '0'))]);

    public static Predictions Numbers(float[] predicted, float[] truth) => Predictions.ForTargets(predicted, truth);

    /// <summary>Two classes with 2 true positives, 1 false negative, 1 false positive, 4 true negatives.</summary>
    public static Predictions Binary => Classes(2, truth: [1, 1, 1, 0, 0, 0, 0, 0], predicted: [1, 1, 0, 1, 0, 0, 0, 0]);

    /// <summary>Three classes: confusion matrix [[1,1,0],[0,2,0],[1,0,1]], rows are the truth.</summary>
    public static Predictions ThreeClasses => Classes(3, truth: [0, 0, 1, 1, 2, 2], predicted: [0, 1, 1, 1, 0, 2]);

    /// <summary>Three labels: label 0 has TP 2; label 1 has TP 1, FP 1, FN 1; label 2 has FN 1.</summary>
    public static Predictions LabelSets => Sets(truth: ["110", "101", "010"], predicted: ["110", "110", "000"]);
}
