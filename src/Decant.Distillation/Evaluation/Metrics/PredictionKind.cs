namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>What the outputs of a model are compared with.</summary>
public enum PredictionKind
{
    /// <summary>One class out of several an example; the prediction is the largest logit.</summary>
    SingleLabel,

    /// <summary>Any number of labels an example; a label is predicted where its logit is positive (probability above one half).</summary>
    MultiLabel,

    /// <summary>A number an example.</summary>
    Regression,
}
