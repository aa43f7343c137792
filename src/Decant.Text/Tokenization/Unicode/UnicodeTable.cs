namespace Decant.Text.Tokenization.Unicode;

/// <summary>
/// The Unicode 14 properties that BERT's basic tokenizer rests on. .NET's own tables follow a newer version and, with
/// invariant globalization, offer neither normalisation nor full lower-casing; and a tokenizer must not change its
/// answers with the runtime. <c>eng/unicode/write_tables.py</c> writes the data.
/// </summary>
internal sealed class UnicodeTable
{
    private const int BlockBits = 7;
    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3;

    private readonly ushort[] _blockOf;
    private readonly CodePointTraits[] _blocks;
    private readonly Dictionary<int, int[]> _lower;
    private readonly Dictionary<int, int[]> _decompositions;
    private readonly Dictionary<int, byte> _classes;

    internal UnicodeTable(
        ReadOnlySpan<CodePointTraits> traits,
        Dictionary<int, int[]> lower,
        Dictionary<int, int[]> decompositions,
        Dictionary<int, byte> classes)
    {
        (_lower, _decompositions, _classes) = (lower, decompositions, classes);
        (_blockOf, _blocks) = Compress(traits);
    }

    /// <summary>The table, read once.</summary>
    public static UnicodeTable Default { get; } = UnicodeTableReader.ReadEmbedded();

    /// <summary>The traits of a code point (0 to 0x10FFFF).</summary>
    public CodePointTraits TraitsOf(int codePoint) =>
        _blocks[(_blockOf[codePoint >> BlockBits] << BlockBits) | (codePoint & ((1 << BlockBits) - 1))];

    /// <summary>The canonical combining class.</summary>
    public int ClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    /// <summary>Appends the full lower-case mapping, without the final-sigma rule; returns how many code points it has.</summary>
    public int Lower(int codePoint, Span<int> output)
    {
        if ((TraitsOf(codePoint) & CodePointTraits.HasLower) != 0) return Copy(_lower[codePoint], output);
        output[0] = codePoint;
        return 1;
    }

    /// <summary>Appends the full canonical decomposition (NFD of this one code point); returns its length, 4 at most.</summary>
    public int Decompose(int codePoint, Span<int> output)
    {
        if ((TraitsOf(codePoint) & CodePointTraits.HasDecomposition) == 0)
        {
            output[0] = codePoint;
            return 1;
        }
        return codePoint is >= HangulFirst and <= HangulLast
            ? DecomposeHangul(codePoint - HangulFirst, output)
            : Copy(_decompositions[codePoint], output);
    }

    // The Unicode Standard, section 3.12: 19 × 21 × 28 syllables laid out in order.
    private static int DecomposeHangul(int index, Span<int> output)
    {
        output[0] = 0x1100 + index / (21 * 28);
        output[1] = 0x1161 + index % (21 * 28) / 28;
        int trailing = index % 28;
        output[2] = 0x11A7 + trailing;
        return trailing == 0 ? 2 : 3;
    }

    private static int Copy(int[] from, Span<int> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static (ushort[], CodePointTraits[]) Compress(ReadOnlySpan<CodePointTraits> traits)
    {
        const int size = 1 << BlockBits;
        var blockOf = new ushort[traits.Length / size];
        var blocks = new List<CodePointTraits>();
        for (int b = 0; b < blockOf.Length; b++)
        {
            ReadOnlySpan<CodePointTraits> block = traits.Slice(b * size, size);
            ReadOnlySpan<CodePointTraits> known = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(blocks);
            int same = 0;
            while (same < known.Length && !known.Slice(same, size).SequenceEqual(block)) same += size;
            if (same == known.Length) blocks.AddRange(block);
            blockOf[b] = (ushort)(same / size);
        }
        return (blockOf, [.. blocks]);
    }
}
