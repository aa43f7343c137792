namespace Decant.Models.FastBert;

/// <summary>What of a FastBERT is trained while the rest is frozen.</summary>
public enum FastBertPart
{
    /// <summary>Everything.</summary>
    All,
    /// <summary>The encoder and the last layer's classifier: the paper's fine-tuning.</summary>
    Backbone,
    /// <summary>The last layer's classifier alone, for an encoder that was fine-tuned before.</summary>
    Teacher,
    /// <summary>The classifiers of all layers but the last: the paper's self-distillation.</summary>
    Branches,
}
