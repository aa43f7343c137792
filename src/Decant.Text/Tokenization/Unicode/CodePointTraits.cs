namespace Decant.Text.Tokenization.Unicode;

/// <summary>What BERT's basic tokenizer wants to know of a code point.</summary>
[Flags]
internal enum CodePointTraits : ushort
{
    None = 0,

    /// <summary>Dropped by the clean-up: NUL, U+FFFD and the categories Cc, Cf, Cs and Co, save tab, LF and CR.</summary>
    Removed = 1,

    /// <summary>Separates words.</summary>
    Space = 2,

    /// <summary>A word of its own: categories P*, and every ASCII sign.</summary>
    Punctuation = 4,

    /// <summary>In the blocks that BERT calls Chinese characters.</summary>
    Cjk = 8,

    /// <summary>Category Mn, the marks that accent stripping removes.</summary>
    NonspacingMark = 16,

    /// <summary>Cased, in the sense of the rule for a final sigma.</summary>
    Cased = 32,

    /// <summary>Skipped by the rule for a final sigma.</summary>
    CaseIgnorable = 64,

    /// <summary>Has a lower-case form other than itself.</summary>
    HasLower = 128,

    /// <summary>Has a canonical decomposition (Hangul syllables included).</summary>
    HasDecomposition = 256,

    /// <summary>Has a canonical combining class other than 0.</summary>
    HasClass = 512,
}
