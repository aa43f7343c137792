using Decant.Text.Tokenization;

namespace Decant.Inference.Engines.Packed;

/// <summary>Texts of different lengths as rows of one matrix, a row a token, without anything between them.</summary>
internal sealed class RaggedRows
{
    private readonly EncodedTexts _texts;
    private readonly int[] _members, _starts;
    private readonly int _first;

    /// <param name="texts">All texts that were encoded together.</param>
    /// <param name="first">The first that is meant.</param>
    /// <param name="count">How many, from 1.</param>
    public RaggedRows(EncodedTexts texts, int first, int count) : this(texts, first, [.. Enumerable.Range(0, count)]) { }

    private RaggedRows(EncodedTexts texts, int first, int[] members)
    {
        (_texts, _first, _members) = (texts, first, members);
        _starts = new int[members.Length + 1];
        for (int i = 0; i < members.Length; i++) _starts[i + 1] = _starts[i] + texts.LengthOf(first + members[i]);
    }

    /// <summary>How many texts.</summary>
    public int Count => _members.Length;

    /// <summary>Tokens of all texts.</summary>
    public int Rows => _starts[^1];

    /// <summary>Where a text stands in the call.</summary>
    public int Place(int text) => _members[text];

    /// <summary>The token ids of a text.</summary>
    public ReadOnlySpan<int> Ids(int text) => _texts[_first + _members[text]];

    /// <summary>How many leading tokens of a text have type 0.</summary>
    public int FirstLength(int text) => _texts.FirstLengths[_first + _members[text]];

    /// <summary>The row of a text's first token; of the number of texts, the number of rows.</summary>
    public int Start(int text) => _starts[text];

    /// <summary>Tokens of a text.</summary>
    public int Length(int text) => _starts[text + 1] - _starts[text];

    /// <summary>Some of the texts by themselves.</summary>
    /// <param name="texts">Which, rising.</param>
    public RaggedRows Only(params IEnumerable<int> texts) => new(_texts, _first, [.. texts.Select(text => _members[text])]);

    /// <summary>The text to which a row belongs.</summary>
    public int TextAt(int row)
    {
        int at = _starts.AsSpan(0, Count).BinarySearch(row);
        return at >= 0 ? at : ~at - 1;
    }
}
