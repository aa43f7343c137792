namespace Decant.Text.Tokenization;

/// <summary>How a text, or a pair of texts, becomes a sequence.</summary>
public sealed record EncodeOptions
{
    /// <summary>The longest sequence, in pieces with the special tokens counted; null, the default, for no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What is cut where the sequence is longer than <see cref="MaxLength"/>; default <see cref="Truncation.LongestFirst"/>.</summary>
    public Truncation Truncation { get; init; } = Truncation.LongestFirst;

    /// <summary>Adds <c>[CLS] A [SEP]</c>, or <c>[CLS] A [SEP] B [SEP]</c> for a pair; default true.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>How many special tokens a single text or a pair gets.</summary>
    internal int SpecialTokenCount(bool pair) => !AddSpecialTokens ? 0 : pair ? 3 : 2;
}
