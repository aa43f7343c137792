namespace Decant.Text.Tokenization;

/// <summary>The names of BERT's five special tokens. Where a text holds one of them literally it becomes that token.</summary>
public sealed record SpecialTokens
{
    /// <summary>Stands for a word that the vocabulary cannot spell; default <c>[UNK]</c>.</summary>
    public string Unknown { get; init; } = "[UNK]";

    /// <summary>Opens a sequence; its last hidden state feeds the pooler; default <c>[CLS]</c>.</summary>
    public string Classification { get; init; } = "[CLS]";

    /// <summary>Closes each text of a sequence; default <c>[SEP]</c>.</summary>
    public string Separator { get; init; } = "[SEP]";

    /// <summary>Fills short rows of a batch; default <c>[PAD]</c>.</summary>
    public string Padding { get; init; } = "[PAD]";

    /// <summary>Hides a piece in masked language modelling; default <c>[MASK]</c>. A vocabulary may lack it.</summary>
    public string Mask { get; init; } = "[MASK]";

    /// <summary>The five names, in the order of BERT's vocabulary files.</summary>
    internal IEnumerable<string> All => [Padding, Unknown, Classification, Separator, Mask];
}
