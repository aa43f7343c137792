namespace Decant.Text.Tokenization;

/// <summary>How text becomes words before WordPiece: the switches of BERT's basic tokenizer (Devlin et al. 2019).</summary>
public sealed record TokenizerOptions
{
    /// <summary>Lower-cases the text; default true, as in the uncased models.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Removes accents (canonical decomposition, then every mark of category Mn); null, the default, follows <see cref="Lowercase"/>.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Makes each Chinese character a word of its own; default true.</summary>
    public bool TokenizeChineseChars { get; init; } = true;

    /// <summary>A longer word is unknown as a whole; in code points after accent stripping, at least 1; default 100.</summary>
    public int MaxWordLength { get; init; } = 100;

    /// <summary>The names of the special tokens.</summary>
    public SpecialTokens SpecialTokens { get; init; } = new();

    /// <summary>The longest sequence that the model takes, in pieces with special tokens, where its files say so. It cuts nothing by itself.</summary>
    public int? ModelMaxLength { get; init; }

    /// <summary>Whether accents go: <see cref="StripAccents"/>, or <see cref="Lowercase"/> where that is null.</summary>
    public bool StripsAccents => StripAccents ?? Lowercase;
}
