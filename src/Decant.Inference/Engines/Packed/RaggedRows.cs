using Decant.Text.Tokenization;

namespace Decant.Inference.Engines.Packed;

/// <summary>Texts of different lengths as rows of one matrix, a row a token, without anything between them.</summary>
/// <param name="texts">All texts of a call.</param>
/// <param name="first">The first that is meant.</param>
/// <param name="count">How many, from 1.</param>
internal readonly struct RaggedRows(EncodedTexts texts, int first, int count)
{
    private readonly int _offset = texts.Offsets[first];

    /// <summary>How many texts.</summary>
    public int Count { get; } = count;

    /// <summary>Tokens of all texts.</summary>
    public int Rows => texts.Offsets[first + Count] - _offset;

    /// <summary>The token ids of a text.</summary>
    public ReadOnlySpan<int> Ids(int text) => texts[first + text];

    /// <summary>How many leading tokens of a text have type 0.</summary>
    public int FirstLength(int text) => texts.FirstLengths[first + text];

    /// <summary>The row of a text's first token; of the number of texts, the number of rows.</summary>
    public int Start(int text) => texts.Offsets[first + text] - _offset;

    /// <summary>Tokens of a text.</summary>
    public int Length(int text) => texts.LengthOf(first + text);

    /// <summary>Some of the texts by themselves.</summary>
    public RaggedRows Part(int from, int length) => new(texts, first + from, length);

    /// <summary>The text to which a row belongs.</summary>
    public int TextAt(int row)
    {
        int at = texts.Offsets.Slice(first, Count).BinarySearch(row + _offset);
        return at >= 0 ? at : ~at - 1;
    }
}
