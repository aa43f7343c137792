namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>The outputs of a model for a whole data set, beside the labels or targets.</summary>
public sealed class Predictions
{
    private readonly float[] _outputs, _targets;
    private readonly int[] _labels;

    private Predictions(PredictionKind kind, float[] outputs, int outputCount, int[] labels, float[] targets)
    {
        if (outputCount < 1) throw new ArgumentOutOfRangeException(nameof(outputCount), outputCount, "A model has at least one output.");
        if (outputs.Length % outputCount != 0)
            throw new ArgumentException($"{outputs.Length} outputs are not a whole number of rows of {outputCount}.", nameof(outputs));
        int count = outputs.Length / outputCount;
        int expected = kind == PredictionKind.MultiLabel ? outputs.Length : count;
        int given = kind == PredictionKind.Regression ? targets.Length : labels.Length;
        if (given != expected)
            throw new ArgumentException($"{count} rows of outputs want {expected} labels or targets, but {given} were given.", nameof(labels));
        if (count == 0)
            throw new DecantException("There is nothing to evaluate: the evaluation set is empty.");
        Kind = kind;
        OutputCount = outputCount;
        Count = count;
        (_outputs, _labels, _targets) = (outputs, labels, targets);
        CheckFinite(outputs, outputCount, "output");
        CheckFinite(targets, 1, "target");
        if (kind == PredictionKind.SingleLabel) CheckRange(labels, outputCount);
        if (kind == PredictionKind.MultiLabel) CheckFlags(labels, outputCount);
    }

    /// <summary>What the outputs are compared with.</summary>
    public PredictionKind Kind { get; }

    /// <summary>Number of examples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Outputs an example: classes, labels, or 1 for regression.</summary>
    public int OutputCount { get; }

    /// <summary>Logits or regression outputs, row-major [<see cref="Count"/> × <see cref="OutputCount"/>], all finite.</summary>
    public IReadOnlyList<float> Outputs => _outputs;

    /// <summary>Class of each example [<see cref="Count"/>]; for multi-label 0 or 1 for each output [<see cref="Count"/> × <see cref="OutputCount"/>]; empty for regression.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Target of each example [<see cref="Count"/>]; empty unless <see cref="Kind"/> is regression.</summary>
    public IReadOnlyList<float> Targets => _targets;

    /// <summary>Predictions of one class an example.</summary>
    /// <param name="logits">Row-major [n × <paramref name="classes"/>].</param>
    /// <param name="classes">Number of classes, or of choices for multiple choice.</param>
    /// <param name="labels">Class of each example, 0 … <paramref name="classes"/> − 1; −1 means unlabelled and is refused.</param>
    /// <exception cref="DecantException">No rows, an output that is not finite, or a label out of range.</exception>
    public static Predictions ForLabels(float[] logits, int classes, int[] labels) =>
        new(PredictionKind.SingleLabel, logits, classes, labels, []);

    /// <summary>Predictions of a set of labels an example.</summary>
    /// <param name="logits">Row-major [n × <paramref name="labelCount"/>].</param>
    /// <param name="labelCount">Number of labels that may be set.</param>
    /// <param name="flags">1 where the label applies and 0 elsewhere, row-major [n × <paramref name="labelCount"/>].</param>
    /// <exception cref="DecantException">No rows, an output that is not finite, or a flag that is neither 0 nor 1.</exception>
    public static Predictions ForLabelSets(float[] logits, int labelCount, int[] flags) =>
        new(PredictionKind.MultiLabel, logits, labelCount, flags, []);

    /// <summary>Predictions of a number an example.</summary>
    /// <param name="outputs">Predicted values [n].</param>
    /// <param name="targets">True values [n].</param>
    /// <exception cref="DecantException">No rows, or a value that is not finite.</exception>
    public static Predictions ForTargets(float[] outputs, float[] targets) =>
        new(PredictionKind.Regression, outputs, 1, [], targets);

    /// <summary>The predicted class of a single-label example: the largest logit, the first of equals.</summary>
    /// <param name="example">0 … <see cref="Count"/> − 1.</param>
    public int PredictedClass(int example)
    {
        int best = 0;
        for (int output = 1; output < OutputCount; output++)
            if (_outputs[example * OutputCount + output] > _outputs[example * OutputCount + best]) best = output;
        return best;
    }

    /// <summary>Whether a multi-label example is predicted to carry a label: its logit is above 0.</summary>
    /// <param name="example">0 … <see cref="Count"/> − 1.</param>
    /// <param name="label">0 … <see cref="OutputCount"/> − 1.</param>
    public bool PredictsLabel(int example, int label) => _outputs[example * OutputCount + label] > 0;

    /// <summary>The same examples with other outputs, as another system would give them.</summary>
    /// <param name="outputs">As many as <see cref="Outputs"/>, all finite.</param>
    /// <exception cref="DecantException">An output is not finite.</exception>
    public Predictions WithOutputs(float[] outputs)
    {
        if (outputs.Length != _outputs.Length) throw new ArgumentException($"{_outputs.Length} outputs are wanted, but {outputs.Length} were given.", nameof(outputs));
        return new Predictions(Kind, outputs, OutputCount, _labels, _targets);
    }

    /// <summary>Some of the examples, in the order given; an example may be taken more than once.</summary>
    /// <param name="examples">0 … <see cref="Count"/> − 1 each, at least one.</param>
    public Predictions Take(ReadOnlySpan<int> examples) => new(Kind, Rows(_outputs, OutputCount, examples), OutputCount,
        Rows(_labels, Kind == PredictionKind.MultiLabel ? OutputCount : 1, examples), Rows(_targets, 1, examples));

    private static T[] Rows<T>(T[] values, int width, ReadOnlySpan<int> examples)
    {
        if (values.Length == 0) return [];
        var rows = new T[examples.Length * width];
        for (int i = 0; i < examples.Length; i++)
            values.AsSpan(examples[i] * width, width).CopyTo(rows.AsSpan(i * width));
        return rows;
    }

    private static void CheckFinite(float[] values, int width, string what)
    {
        int at = Array.FindIndex(values, value => !float.IsFinite(value));
        if (at >= 0)
            throw new DecantException($"The {what} of example {at / width} is {(float.IsNaN(values[at]) ? "not a number" : "infinite")}: no metric can be computed. The model has probably diverged; lower the learning rate.");
    }

    private static void CheckRange(int[] labels, int classes)
    {
        int at = Array.FindIndex(labels, label => label < 0 || label >= classes);
        if (at < 0) return;
        throw new DecantException(labels[at] == -1
            ? $"Example {at} has no label, so the data cannot be evaluated. The GLUE test files are unlabelled: evaluate on the dev split."
            : $"Example {at} has label {labels[at]}, but the model has {classes} classes (0 to {classes - 1}).");
    }

    private static void CheckFlags(int[] flags, int width)
    {
        int at = Array.FindIndex(flags, flag => flag is not (0 or 1));
        if (at >= 0)
            throw new DecantException($"Example {at / width} has {flags[at]} for label {at % width}; a label set holds 1 where a label applies and 0 elsewhere.");
    }
}
