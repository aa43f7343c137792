using System.Collections.Concurrent;
using Decant.Text.Tokenization.Unicode;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>
/// What the basic tokenizer does with each UTF-16 unit under given switches, as one look-up: a unit that stays inside
/// its word maps to what it becomes; the rest maps to one of the codes below, which lie among the surrogates because
/// no character becomes one.
/// </summary>
internal sealed class CharacterMap
{
    /// <summary>The unit vanishes.</summary>
    public const char Removed = '\uD800';

    /// <summary>The unit separates words.</summary>
    public const char Space = '\uD801';

    /// <summary>The unit is a word of its own, as it is.</summary>
    public const char Isolated = '\uD802';

    /// <summary>Anything else: surrogates, capital sigma, whatever becomes several characters or depends on its neighbours.</summary>
    public const char Complex = '\uD803';

    private static readonly ConcurrentDictionary<(bool, bool, bool), CharacterMap> Made = new();

    private readonly char[] _units = new char[0x10000];

    private CharacterMap(bool lowercase, bool stripAccents, bool isolateCjk)
    {
        (Lowercase, StripAccents, IsolateCjk) = (lowercase, stripAccents, isolateCjk);
        for (int c = 0; c < _units.Length; c++) _units[c] = Classify(c);
    }

    public bool Lowercase { get; }

    public bool StripAccents { get; }

    public bool IsolateCjk { get; }

    public char this[char c] => _units[c];

    /// <summary>The map for the given options; made once for all tokenizers.</summary>
    public static CharacterMap For(TokenizerOptions options) => Made.GetOrAdd(
        (options.Lowercase, options.StripsAccents, options.TokenizeChineseChars),
        key => new CharacterMap(key.Item1, key.Item2, key.Item3));

    private char Classify(int c)
    {
        UnicodeTable table = UnicodeTable.Default;
        CodePointTraits traits = table.TraitsOf(c);
        if (c is >= 0xD800 and <= 0xDFFF) return Complex;
        if ((traits & CodePointTraits.Removed) != 0) return Removed;
        if ((traits & CodePointTraits.Space) != 0) return Space;
        if (Lowercase && c == FinalSigma.Capital) return Complex;

        Span<int> mapped = stackalloc int[NormalForm.MaxLength];
        int length = NormalForm.Map(c, Lowercase, StripAccents, mapped), kept = 0;
        for (int i = 0; i < length; i++)
        {
            CodePointTraits part = table.TraitsOf(mapped[i]);
            bool mark = (part & CodePointTraits.NonspacingMark) != 0, ordered = (part & CodePointTraits.HasClass) != 0;
            // These two move, or bound the moves, in canonical ordering.
            if (StripAccents && mark != ordered) return Complex;
            if (!StripAccents || !mark) mapped[kept++] = mapped[i];
        }
        if (kept == 0) return Removed;
        if (kept > 1 || mapped[0] > 0xFFFF) return Complex;
        if ((table.TraitsOf(mapped[0]) & CodePointTraits.Punctuation) != 0 || (IsolateCjk && (traits & CodePointTraits.Cjk) != 0))
            return mapped[0] == c ? Isolated : Complex;
        return (char)mapped[0];
    }
}
