using System.Numerics;

namespace Decant.Text.Tokenization.Pieces;

/// <summary>
/// The vocabulary as two tries over UTF-16, one for pieces that start a word and one for those that continue it. The
/// edges of all nodes share one open-addressed table, eight bytes an edge, so that a step costs one cache line.
/// </summary>
internal sealed class PieceTrie
{
    private const int WordRoot = 0, ContinuationRoot = 1;

    // An edge from the low bits up: child (24), whether a piece ends there (1), character (16), node (23).
    private const int ChildBits = 24, CharacterShift = ChildBits + 1, NodeShift = CharacterShift + 16;
    private const int MaxNodes = 1 << (64 - NodeShift);
    private const ulong PieceEnds = 1UL << ChildBits, ChildMask = PieceEnds - 1;

    private ulong[] _edges; // 0 is free: no edge leads back to the root
    private int _shift;
    private int[] _idOf = new int[1024]; // by node; -1 where no piece ends
    private int _nodes = 2;

    /// <summary>Builds the tries from the first <paramref name="count"/> pieces.</summary>
    public PieceTrie(IReadOnlyList<string> pieces, int count)
    {
        _edges = new ulong[1 << 10];
        _shift = 64 - 10;
        Array.Fill(_idOf, -1);
        for (int id = 0; id < count; id++) Add(pieces[id], id);
    }

    /// <summary>
    /// Spells a normalised word by taking the longest piece that fits, again and again, as BERT does. Returns the
    /// number of ids written, or 0 where the word cannot be spelt.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="output">Room for one id a character.</param>
    public int Spell(ReadOnlySpan<char> word, Span<int> output)
    {
        int count = 0, root = WordRoot;
        for (int start = 0; start < word.Length;)
        {
            int node = root, longest = -1, end = start;
            for (int i = start; i < word.Length; i++)
            {
                ulong edge = Step(node, word[i]);
                if (edge == 0) break;
                node = (int)(edge & ChildMask);
                if ((edge & PieceEnds) != 0) (longest, end) = (node, i + 1);
            }
            if (longest < 0) return 0;
            output[count++] = _idOf[longest];
            start = end;
            root = ContinuationRoot;
        }
        return count;
    }

    private ulong Step(int node, char c)
    {
        ulong[] edges = _edges;
        ulong key = Key(node, c);
        for (int slot = Slot(key, _shift); ; slot = (slot + 1) & (edges.Length - 1))
        {
            ulong edge = edges[slot];
            if (edge == 0 || edge >> CharacterShift == key) return edge;
        }
    }

    private void Add(string piece, int id)
    {
        bool continues = piece.StartsWith(Vocabulary.ContinuationPrefix, StringComparison.Ordinal);
        ReadOnlySpan<char> text = continues ? piece.AsSpan(Vocabulary.ContinuationPrefix.Length) : piece;
        if (text.IsEmpty) return; // a bare ## continues a word with nothing and would never end
        int node = continues ? ContinuationRoot : WordRoot, slot = -1;
        foreach (char c in text)
        {
            slot = FindOrAdd(node, c);
            node = (int)(_edges[slot] & ChildMask);
        }
        _edges[slot] |= PieceEnds;
        _idOf[node] = id;
    }

    private int FindOrAdd(int node, char c)
    {
        if (2 * _nodes > _edges.Length) Grow();
        ulong key = Key(node, c);
        int slot = Slot(key, _shift);
        while (_edges[slot] != 0 && _edges[slot] >> CharacterShift != key) slot = (slot + 1) & (_edges.Length - 1);
        if (_edges[slot] != 0) return slot;
        if (_nodes == MaxNodes)
            throw new DecantException($"The vocabulary's pieces share so few beginnings that they need more than {MaxNodes} places to store. Check that the file is a vocabulary.");
        if (_nodes == _idOf.Length)
        {
            Array.Resize(ref _idOf, 2 * _nodes);
            _idOf.AsSpan(_nodes).Fill(-1);
        }
        _edges[slot] = (key << CharacterShift) | (uint)_nodes++;
        return slot;
    }

    private void Grow()
    {
        ulong[] old = _edges;
        _edges = new ulong[2 * old.Length];
        _shift = 64 - BitOperations.Log2((uint)_edges.Length);
        foreach (ulong edge in old)
        {
            if (edge == 0) continue;
            int slot = Slot(edge >> CharacterShift, _shift);
            while (_edges[slot] != 0) slot = (slot + 1) & (_edges.Length - 1);
            _edges[slot] = edge;
        }
    }

    private static ulong Key(int node, char c) => ((ulong)(uint)node << (NodeShift - CharacterShift)) | c;

    private static int Slot(ulong key, int shift) => (int)((key * 0x9E3779B97F4A7C15) >> shift);
}
