using System.Globalization;

namespace Decant.Text.Tokenization.Unicode;

/// <summary>Reads the text form of the Unicode table; <c>eng/unicode/write_tables.py</c> describes it.</summary>
internal static class UnicodeTableReader
{
    private const int HangulFirst = 0xAC00, HangulCount = 11172;

    /// <summary>Reads the table that is embedded in this assembly.</summary>
    public static UnicodeTable ReadEmbedded()
    {
        using Stream stream = typeof(UnicodeTableReader).Assembly.GetManifestResourceStream("unicode-14.txt")
            ?? throw new InvalidOperationException("The embedded Unicode table is missing from this build.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    private static UnicodeTable Read(TextReader reader)
    {
        var traits = new CodePointTraits[0x110000];
        traits.AsSpan(HangulFirst, HangulCount).Fill(CodePointTraits.HasDecomposition);
        Dictionary<int, int[]> lower = [], decompositions = [];
        Dictionary<int, byte> classes = [];
        string section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                section = line;
                continue;
            }
            switch (section)
            {
                case "[lower sequence]": AddSequence(line, lower, traits, CodePointTraits.HasLower); break;
                case "[decomposition]": AddSequence(line, decompositions, traits, CodePointTraits.HasDecomposition); break;
                default: AddRange(line, section, traits, lower, classes); break;
            }
        }
        return new UnicodeTable(traits, lower, decompositions, classes);
    }

    private static void AddSequence(
        string line, Dictionary<int, int[]> map, CodePointTraits[] traits, CodePointTraits trait)
    {
        int[] points = [.. line.Split(' ').Select(Hex)];
        map[points[0]] = points[1..];
        traits[points[0]] |= trait;
    }

    private static void AddRange(
        string line, string section, CodePointTraits[] traits, Dictionary<int, int[]> lower, Dictionary<int, byte> classes)
    {
        int space = line.IndexOf(' ');
        string range = space < 0 ? line : line[..space];
        int value = space < 0 ? 0 : int.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture);
        int step = 1;
        if (range.EndsWith("/2", StringComparison.Ordinal)) (step, range) = (2, range[..^2]);
        int dash = range.IndexOf('-');
        int first = Hex(dash < 0 ? range : range[..dash]), last = dash < 0 ? first : Hex(range[(dash + 1)..]);
        CodePointTraits trait = TraitOf(section);
        for (int c = first; c <= last; c += step)
        {
            traits[c] |= trait;
            if (trait == CodePointTraits.HasLower) lower[c] = [c + value];
            else if (trait == CodePointTraits.HasClass) classes[c] = (byte)value;
        }
    }

    private static CodePointTraits TraitOf(string section) => section switch
    {
        "[removed]" => CodePointTraits.Removed,
        "[space]" => CodePointTraits.Space,
        "[punctuation]" => CodePointTraits.Punctuation,
        "[cjk]" => CodePointTraits.Cjk,
        "[nonspacing]" => CodePointTraits.NonspacingMark,
        "[cased]" => CodePointTraits.Cased,
        "[ignorable]" => CodePointTraits.CaseIgnorable,
        "[class]" => CodePointTraits.HasClass,
        "[lower]" => CodePointTraits.HasLower,
        _ => throw new InvalidOperationException($"The embedded Unicode table has an unknown section {section}."),
    };

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
