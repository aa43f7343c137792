using System.Text.Json.Serialization;

namespace Decant.Models.Bert;

/// <summary>How layer normalisation divides.</summary>
public enum LayerNormKind
{
    /// <summary>γ (x − mean) / √(variance + ε) + β, the variance over n. BERT. Default.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,
    /// <summary>γ (x − mean) / (deviation + ε) + β, the deviation over n − 1: UER, and with it the released FastBERT code (ε = 1e-6).</summary>
    [JsonStringEnumMemberName("unbiased")]
    Unbiased,
}
