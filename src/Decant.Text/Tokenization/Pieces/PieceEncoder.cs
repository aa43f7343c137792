using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>
/// Text to pieces: BERT's basic tokenizer and WordPiece in one pass, without an intermediate string. Runs of ASCII
/// letters and digits go through the memo as sixteen bytes; every word with anything else in it goes through
/// <see cref="WordNormalizer"/>. Holds scratch memory, so one thread uses it at a time.
/// </summary>
internal sealed class PieceEncoder(WordPieceModel model)
{
    private readonly WordMemo _memo = new();
    private readonly WordNormalizer _words = new(model.Characters);
    private readonly char[] _wide = new char[AsciiWindow.Size];

    /// <summary>
    /// Appends the pieces of a text without special tokens in it. Stops after the word with which <paramref name="limit"/> pieces of
    /// this call are reached.
    /// </summary>
    public void Encode(ReadOnlySpan<char> text, PieceBuffer output, int limit)
    {
        int stop = (int)Math.Min(int.MaxValue, (long)output.Count + limit);
        bool lowercase = model.Characters.Lowercase;

        // Windows that would reach beyond the text are read from a copy of its end with spaces behind.
        Span<char> padded = stackalloc char[2 * AsciiWindow.Size];
        int tail = Math.Max(0, text.Length - AsciiWindow.Size);
        padded.Fill(' ');
        text[tail..].CopyTo(padded);
        ref char start = ref MemoryMarshal.GetReference(text);
        ref char end = ref MemoryMarshal.GetReference(padded);

        for (int i = 0; i < text.Length && output.Count < stop;)
        {
            ref char at = ref i <= text.Length - AsciiWindow.Size ? ref Unsafe.Add(ref start, i) : ref Unsafe.Add(ref end, i - tail);
            int length = AsciiWindow.Scan(ref at, lowercase, out Vector128<byte> bytes);
            if (length == 0)
            {
                i = EncodeSign(text, i, output);
            }
            else if (length < AsciiWindow.Size && EndsWord(Unsafe.Add(ref at, length)))
            {
                EncodeAscii(AsciiWindow.Keep(bytes, length), length, output);
                i += length + (Unsafe.Add(ref at, length) == ' ' ? 1 : 0);
            }
            else
            {
                i = EncodeWord(text, i, output);
            }
        }
    }

    /// <summary>Whether a unit behind ASCII letters surely ends their word. (Control characters vanish, so they do not.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsWord(char c) => (uint)(c - ' ') < 0x7F - ' ' || c is '\n' or '\t' or '\r';

    /// <summary>What stands where a word could start and is no ASCII letter or digit; returns where to go on.</summary>
    private int EncodeSign(ReadOnlySpan<char> text, int i, PieceBuffer output)
    {
        char c = text[i];
        switch (model.Characters[c])
        {
            case CharacterMap.Space or CharacterMap.Removed:
                return i + 1;
            case CharacterMap.Isolated:
                output.Add(model.SingleIds[c]);
                return i + 1;
            default:
                return EncodeWord(text, i, output);
        }
    }

    private int EncodeWord(ReadOnlySpan<char> text, int i, PieceBuffer output)
    {
        i = _words.Read(text, i);
        ReadOnlySpan<char> word = _words.Word;
        if (word.Length == 1)
        {
            output.Add(model.SingleIds[word[0]]);
        }
        else if (word.Length <= AsciiWindow.Size && Ascii.IsValid(word))
        {
            _wide.AsSpan(word.Length).Clear();
            word.CopyTo(_wide);
            AsciiWindow.Scan(ref _wide[0], lowercase: false, out Vector128<byte> bytes);
            EncodeShort(bytes, WordMemo.AsciiWord, word, output);
        }
        else if (word.Length <= Vector128<ushort>.Count)
        {
            _wide.AsSpan(word.Length).Clear();
            word.CopyTo(_wide);
            Vector128<ushort> units = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref _wide[0]));
            EncodeShort(units.AsByte(), WordMemo.WideWord, word, output);
        }
        else
        {
            Spell(word, output);
        }
        return i;
    }

    private void EncodeAscii(Vector128<byte> bytes, int length, PieceBuffer output)
    {
        ref WordMemo.Entry known = ref _memo.Find(bytes, WordMemo.AsciiWord);
        if (!Unsafe.IsNullRef(ref known))
        {
            Append(in known, output);
            return;
        }
        Span<char> word = stackalloc char[AsciiWindow.Size];
        for (int i = 0; i < length; i++) word[i] = (char)bytes[i];
        SpellAndKeep(bytes, WordMemo.AsciiWord, word[..length], output);
    }

    private void EncodeShort(Vector128<byte> key, int kind, ReadOnlySpan<char> word, PieceBuffer output)
    {
        if (word.IsEmpty) return;
        ref WordMemo.Entry known = ref _memo.Find(key, kind);
        if (Unsafe.IsNullRef(ref known)) SpellAndKeep(key, kind, word, output);
        else Append(in known, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(in WordMemo.Entry known, PieceBuffer output)
    {
        output.Reserve(WordMemo.MaxPieces);
        Span<int> free = output.Storage.AsSpan(output.Count, WordMemo.MaxPieces);
        free[0] = known.Id0;
        free[1] = known.Id1;
        free[2] = known.Id2;
        output.Count += known.Shape & 0xFF;
    }

    private void SpellAndKeep(Vector128<byte> key, int kind, ReadOnlySpan<char> word, PieceBuffer output)
    {
        int before = output.Count;
        Spell(word, output);
        ReadOnlySpan<int> ids = output.Ids[before..];
        if (ids.Length <= WordMemo.MaxPieces) _memo.Add(key, kind, ids);
    }

    private void Spell(ReadOnlySpan<char> word, PieceBuffer output)
    {
        output.Reserve(word.Length);
        int count = model.IsTooLong(word) ? 0 : model.Trie.Spell(word, output.Storage.AsSpan(output.Count));
        output.Count += count;
        if (count == 0) output.Add(model.UnknownId);
    }
}
