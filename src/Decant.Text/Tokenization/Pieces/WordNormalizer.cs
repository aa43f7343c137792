using System.Text;
using Decant.Text.Tokenization.Unicode;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>Reads one word of any script: cleaned, lower-cased and stripped of accents as the character map says.</summary>
internal sealed class WordNormalizer(CharacterMap map, bool tracksOrigins = false)
{
    private char[] _word = new char[64];
    private (int Start, int End)[]? _origins = tracksOrigins ? new (int, int)[64] : null;
    private (int Start, int End) _source;
    private int _length;
    private int _barrier; // marks are not ordered across this place

    /// <summary>The word last read; empty where its characters all vanished. Valid until the next is read.</summary>
    public ReadOnlySpan<char> Word => _word.AsSpan(0, _length);

    /// <summary>Where each unit of the word comes from in the text that was read, if that is tracked. Stripped marks belong to what they stand on.</summary>
    public ReadOnlySpan<(int Start, int End)> Origins => _origins.AsSpan(0, _length);

    /// <summary>Reads the word that starts at <paramref name="i"/> and returns where it ends.</summary>
    public int Read(ReadOnlySpan<char> text, int i)
    {
        _length = _barrier = 0;
        while (i < text.Length)
        {
            char mapped = map[text[i]];
            _source = (i, i + 1);
            switch (mapped)
            {
                case CharacterMap.Space or CharacterMap.Isolated when _length > 0:
                    return i;
                case CharacterMap.Space or CharacterMap.Removed:
                    if (_origins is not null && IsMark(text[i])) Extend(i + 1);
                    i++;
                    break;
                case CharacterMap.Isolated:
                    Append(text[i]);
                    return i + 1;
                case CharacterMap.Complex:
                    if (!TryReadComplex(text, ref i)) return i;
                    break;
                default:
                    Append(mapped);
                    i++;
                    break;
            }
        }
        return i;
    }

    /// <summary>Adds a character that the map cannot answer for; false where the word ends, before it or with it.</summary>
    private bool TryReadComplex(ReadOnlySpan<char> text, ref int i)
    {
        if (Rune.DecodeFromUtf16(text[i..], out Rune rune, out int units) != System.Buffers.OperationStatus.Done)
        {
            i++; // a lone surrogate (category Cs) vanishes
            return true;
        }
        CodePointTraits traits = UnicodeTable.Default.TraitsOf(rune.Value);
        if ((traits & CodePointTraits.Removed) != 0)
        {
            i += units;
            return true;
        }

        Span<int> mapped = stackalloc int[NormalForm.MaxLength];
        int count = NormalForm.Map(rune.Value, map.Lowercase, map.StripAccents, mapped);
        if (map.Lowercase && rune.Value == FinalSigma.Capital) mapped[0] = FinalSigma.Lower(text, i);

        // No character decomposes into a sign and anything but marks, so a word of its own is the whole of it.
        bool alone = (map.IsolateCjk && (traits & CodePointTraits.Cjk) != 0)
            || (UnicodeTable.Default.TraitsOf(mapped[0]) & CodePointTraits.Punctuation) != 0;
        if (alone && _length > 0) return false;
        _source = (i, i + units);
        i += units;
        foreach (int codePoint in mapped[..count]) Append(codePoint);
        return !alone;
    }

    private void Append(int codePoint)
    {
        CodePointTraits traits = UnicodeTable.Default.TraitsOf(codePoint);
        int ordering = map.StripAccents && (traits & CodePointTraits.HasClass) != 0 ? UnicodeTable.Default.ClassOf(codePoint) : 0;
        if (map.StripAccents && (traits & CodePointTraits.NonspacingMark) != 0)
        {
            if (ordering == 0) _barrier = _length;
            Extend(_source.End);
            return;
        }
        int at = _length;
        while (ordering > 0 && at > _barrier && PointBefore(at, out int units) is var before
            && UnicodeTable.Default.ClassOf(before) > ordering) at -= units;
        Insert(at, codePoint);
    }

    private int PointBefore(int at, out int units)
    {
        Rune.DecodeLastFromUtf16(_word.AsSpan(0, at), out Rune rune, out units);
        return rune.Value;
    }

    private void Insert(int at, int codePoint)
    {
        Span<char> utf16 = stackalloc char[2];
        int units = new Rune(codePoint).EncodeToUtf16(utf16);
        Reserve(units);
        Array.Copy(_word, at, _word, at + units, _length - at);
        utf16[..units].CopyTo(_word.AsSpan(at));
        if (_origins is not null)
        {
            Array.Copy(_origins, at, _origins, at + units, _length - at);
            _origins.AsSpan(at, units).Fill(_source);
        }
        _length += units;
    }

    private void Append(char unit)
    {
        Reserve(1);
        if (_origins is not null) _origins[_length] = _source;
        _word[_length++] = unit;
    }

    private static bool IsMark(char c) => (UnicodeTable.Default.TraitsOf(c) & CodePointTraits.NonspacingMark) != 0;

    /// <summary>Gives a character that was dropped to the one before it.</summary>
    private void Extend(int end)
    {
        if (_origins is not null && _length > 0) _origins[_length - 1].End = end;
    }

    private void Reserve(int units)
    {
        if (_word.Length >= _length + units) return;
        Array.Resize(ref _word, 2 * _word.Length);
        if (_origins is not null) Array.Resize(ref _origins, _word.Length);
    }
}
