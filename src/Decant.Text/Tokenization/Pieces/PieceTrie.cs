using System.Numerics;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>
/// The vocabulary as two tries over UTF-16, one for pieces that start a word and one for those that continue it. The edges of all
/// nodes share one open-addressed table keyed by (node, character), so that a step is one probe.
/// </summary>
internal sealed class PieceTrie
{
    private const int WordRoot = 0, ContinuationRoot = 1;

    private readonly ulong[] _keys; // (node << 16 | character) + 1; 0 is free
    private readonly int[] _children;
    private readonly int _shift;
    private readonly List<int> _building = [-1, -1];
    private readonly int[] _idOf;

    /// <summary>Builds the tries from the first <paramref name="count"/> pieces.</summary>
    public PieceTrie(IReadOnlyList<string> pieces, int count)
    {
        long characters = 0;
        for (int id = 0; id < count; id++) characters += pieces[id].Length;
        int bits = Math.Max(4, BitOperations.Log2((ulong)characters * 2) + 1);
        _keys = new ulong[1 << bits];
        _children = new int[1 << bits];
        _shift = 64 - bits;
        for (int id = 0; id < count; id++) Add(pieces[id], id);
        _idOf = [.. _building];
        _building.Clear();
    }

    /// <summary>
    /// Spells a normalised word by taking the longest piece that fits, again and again (Wu et al. 2016; greedy, as in
    /// BERT). Returns the number of ids written, or 0 where the word cannot be spelt.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="output">Room for one id a character.</param>
    public int Spell(ReadOnlySpan<char> word, Span<int> output)
    {
        int count = 0, root = WordRoot;
        for (int start = 0; start < word.Length;)
        {
            int node = root, id = -1, end = start;
            for (int i = start; i < word.Length && (node = Step(node, word[i])) >= 0; i++)
                if (_idOf[node] >= 0) (id, end) = (_idOf[node], i + 1);
            if (id < 0) return 0;
            output[count++] = id;
            start = end;
            root = ContinuationRoot;
        }
        return count;
    }

    private int Step(int node, char c)
    {
        ulong key = Key(node, c);
        for (int slot = Slot(key); ; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] == key) return _children[slot];
            if (_keys[slot] == 0) return -1;
        }
    }

    private void Add(string piece, int id)
    {
        bool continues = piece.StartsWith(Vocabulary.ContinuationPrefix, StringComparison.Ordinal);
        ReadOnlySpan<char> text = continues ? piece.AsSpan(Vocabulary.ContinuationPrefix.Length) : piece;
        if (text.IsEmpty) return; // a bare ## continues a word with nothing and would never end
        int node = continues ? ContinuationRoot : WordRoot;
        foreach (char c in text) node = StepOrAdd(node, c);
        _building[node] = id;
    }

    private int StepOrAdd(int node, char c)
    {
        ulong key = Key(node, c);
        int slot = Slot(key);
        while (_keys[slot] != 0 && _keys[slot] != key) slot = (slot + 1) & (_keys.Length - 1);
        if (_keys[slot] == key) return _children[slot];
        _keys[slot] = key;
        _children[slot] = _building.Count;
        _building.Add(-1);
        return _children[slot];
    }

    private static ulong Key(int node, char c) => (((ulong)(uint)node << 16) | c) + 1;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> _shift);
}
