using System.Text;

namespace Decant.Text.Tokenization.Unicode;

/// <summary>
/// The one rule of lower-casing that looks at neighbours (The Unicode Standard, section 3.13, Final_Sigma): a capital
/// sigma that ends a word becomes ς, any other σ.
/// </summary>
internal static class FinalSigma
{
    public const char Capital = '\u03A3', Small = '\u03C3', Final = '\u03C2';

    /// <summary>What the capital sigma at <paramref name="index"/> becomes. Characters that the clean-up drops are not seen.</summary>
    public static char Lower(ReadOnlySpan<char> text, int index) =>
        CasedBefore(text[..index]) && !CasedAfter(text[(index + 1)..]) ? Final : Small;

    private static bool CasedBefore(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeLastFromUtf16(text, out Rune rune, out int units);
            if (Decide(rune, out bool cased)) return cased;
            text = text[..^units];
        }
        return false;
    }

    private static bool CasedAfter(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out Rune rune, out int units);
            if (Decide(rune, out bool cased)) return cased;
            text = text[units..];
        }
        return false;
    }

    // A lone surrogate decodes to U+FFFD, which is removed, as it is itself.
    private static bool Decide(Rune rune, out bool cased)
    {
        CodePointTraits traits = UnicodeTable.Default.TraitsOf(rune.Value);
        cased = (traits & CodePointTraits.Cased) != 0;
        return (traits & (CodePointTraits.Removed | CodePointTraits.CaseIgnorable)) == 0;
    }
}
