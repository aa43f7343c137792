namespace Decant.Models.Checkpoints;

/// <summary>The class of a model in <c>transformers</c>: <c>architectures</c> of a <c>config.json</c>.</summary>
public enum ModelKind
{
    /// <summary>The encoder alone: <c>BertModel</c>.</summary>
    Encoder,
    /// <summary>A label or a number per sequence: <c>BertForSequenceClassification</c>.</summary>
    SequenceClassification,
    /// <summary>A score per choice: <c>BertForMultipleChoice</c>.</summary>
    MultipleChoice,
    /// <summary>The masked word: <c>BertForMaskedLM</c>.</summary>
    MaskedLm,
    /// <summary>A label per sequence, from any layer: FastBERT, <c>FastBertForSequenceClassification</c>, which <c>transformers</c> does not have.</summary>
    FastBert,
}

/// <summary>The names of model kinds in <c>config.json</c>.</summary>
public static class ModelKinds
{
    private static readonly Dictionary<ModelKind, string> Names = new()
    {
        [ModelKind.Encoder] = "BertModel",
        [ModelKind.SequenceClassification] = "BertForSequenceClassification",
        [ModelKind.MultipleChoice] = "BertForMultipleChoice",
        [ModelKind.MaskedLm] = "BertForMaskedLM",
        [ModelKind.FastBert] = "FastBertForSequenceClassification",
    };

    /// <summary>The name in <c>config.json</c>: <c>BertForSequenceClassification</c>, ….</summary>
    /// <param name="kind">The kind.</param>
    public static string Name(ModelKind kind) => Names[kind];

    /// <summary>The kind of an architecture; null for those that have no model here (<c>BertForPreTraining</c>, …).</summary>
    /// <param name="architecture">A name of <c>architectures</c> in <c>config.json</c>.</param>
    public static ModelKind? Parse(string? architecture) =>
        Names.Where(n => n.Value == architecture).Select(n => (ModelKind?)n.Key).FirstOrDefault();
}
