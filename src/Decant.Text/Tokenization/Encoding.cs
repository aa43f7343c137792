namespace Decant.Text.Tokenization;

/// <summary>A text, or a pair of texts, as a sequence of pieces.</summary>
public sealed class Encoding
{
    private readonly Vocabulary _vocabulary;
    private string[]? _tokens;

    internal Encoding(int[] ids, int firstLength, Vocabulary vocabulary)
    {
        Ids = ids;
        FirstLength = firstLength;
        _vocabulary = vocabulary;
        TypeIds = new int[ids.Length];
        Array.Fill(TypeIds, 1, firstLength, ids.Length - firstLength);
    }

    /// <summary>The ids of the pieces.</summary>
    public int[] Ids { get; }

    /// <summary>0 for <c>[CLS]</c>, the first text and its <c>[SEP]</c>; 1 for the second text and its <c>[SEP]</c>.</summary>
    public int[] TypeIds { get; }

    /// <summary>How many of the pieces have type 0; they come first.</summary>
    public int FirstLength { get; }

    /// <summary>The pieces as text; made when first asked for.</summary>
    public IReadOnlyList<string> Tokens => _tokens ??= Array.ConvertAll(Ids, id => _vocabulary[id]);
}
