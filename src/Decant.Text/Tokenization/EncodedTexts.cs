namespace Decant.Text.Tokenization;

/// <summary>Many encoded texts in one flat row of ids, in the order in which they were given.</summary>
public sealed class EncodedTexts
{
    private readonly int[] _ids;
    private readonly int[] _offsets;
    private readonly int[] _firstLengths;

    internal EncodedTexts(int[] ids, int[] offsets, int[] firstLengths) =>
        (_ids, _offsets, _firstLengths) = (ids, offsets, firstLengths);

    /// <summary>How many texts (or pairs) there are.</summary>
    public int Count => _firstLengths.Length;

    /// <summary>The ids of all texts, one after another.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>Where each text starts in <see cref="Ids"/>, and last where the last one ends: <see cref="Count"/> + 1 places.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>How many leading ids of each text have type 0; the others have type 1.</summary>
    public ReadOnlySpan<int> FirstLengths => _firstLengths;

    /// <summary>The ids of one text.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<int> this[int index] => _ids.AsSpan(_offsets[index], LengthOf(index));

    /// <summary>How many ids one text has.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public int LengthOf(int index) => _offsets[index + 1] - _offsets[index];
}
