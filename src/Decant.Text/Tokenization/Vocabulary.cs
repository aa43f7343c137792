using System.Diagnostics.CodeAnalysis;

namespace Decant.Text.Tokenization;

/// <summary>The pieces of a WordPiece model and their ids; a piece that continues a word starts with <c>##</c>.</summary>
public sealed class Vocabulary
{
    /// <summary>What marks a piece that continues a word.</summary>
    public const string ContinuationPrefix = "##";

    private readonly string[] _pieces;
    private readonly Dictionary<string, int> _ids;
    private readonly string _source;
    private readonly int _maskId;
    private readonly string _maskName;

    /// <summary>Makes a vocabulary from its pieces; the place in the list is the id.</summary>
    /// <param name="pieces">The pieces, each once, none empty.</param>
    /// <param name="specialTokens">The names of the special tokens; null for BERT's.</param>
    /// <param name="source">Where the pieces come from, for error messages.</param>
    /// <exception cref="DecantException">A piece is empty or there twice, or a special token is missing.</exception>
    public Vocabulary(IReadOnlyList<string> pieces, SpecialTokens? specialTokens = null, string source = "The vocabulary")
        : this(pieces, specialTokens ?? new(), source, [], pieces.Count) { }

    internal Vocabulary(
        IReadOnlyList<string> pieces, SpecialTokens special, string source, IReadOnlyList<AddedToken> added, int wordPieceCount)
    {
        _source = source;
        _pieces = [.. pieces];
        _ids = new(_pieces.Length, StringComparer.Ordinal);
        AddedTokens = added;
        WordPieceCount = wordPieceCount;
        for (int id = 0; id < _pieces.Length; id++)
        {
            if (_pieces[id].Length == 0)
                throw new DecantException($"{source}: line {id + 1} is empty; there must be one piece a line. Remove the line or restore the piece.");
            if (!_ids.TryAdd(_pieces[id], id))
                throw new DecantException($"{source}: line {id + 1} repeats the piece \"{_pieces[id]}\" of line {_ids[_pieces[id]] + 1}; every piece may stand only once. Remove one of them.");
        }
        UnknownId = Require(special.Unknown);
        ClassificationId = Require(special.Classification);
        SeparatorId = Require(special.Separator);
        PaddingId = Require(special.Padding);
        _maskId = _ids.GetValueOrDefault(special.Mask, -1);
        _maskName = special.Mask;
    }

    /// <summary>How many pieces there are, added tokens included.</summary>
    public int Count => _pieces.Length;

    /// <summary>The pieces by id.</summary>
    public IReadOnlyList<string> Pieces => _pieces;

    /// <summary>The piece with an id.</summary>
    /// <param name="id">0 to <see cref="Count"/> − 1.</param>
    public string this[int id] => _pieces[id];

    /// <summary>The id of <c>[UNK]</c>.</summary>
    public int UnknownId { get; }

    /// <summary>The id of <c>[CLS]</c>.</summary>
    public int ClassificationId { get; }

    /// <summary>The id of <c>[SEP]</c>.</summary>
    public int SeparatorId { get; }

    /// <summary>The id of <c>[PAD]</c>.</summary>
    public int PaddingId { get; }

    /// <summary>The id of <c>[MASK]</c>.</summary>
    /// <exception cref="DecantException">The vocabulary has no mask token.</exception>
    public int MaskId => _maskId >= 0 ? _maskId
        : throw new DecantException($"{_source} has no {_maskName}; masked language modelling and augmentation need it. Use a vocabulary that has it.");

    /// <summary>Whether there is a mask token.</summary>
    public bool HasMask => _maskId >= 0;

    /// <summary>Tokens besides BERT's five that are split off the raw text first.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>How many of the first ids WordPiece may spell words with; later ones are only found as added tokens.</summary>
    internal int WordPieceCount { get; }

    /// <summary>Reads a <c>vocab.txt</c>: UTF-8, one piece a line, the line number less one is the id.</summary>
    /// <param name="path">The file.</param>
    /// <param name="specialTokens">The names of the special tokens; null for BERT's.</param>
    /// <exception cref="DecantException">The file is missing, is not UTF-8, or is no vocabulary.</exception>
    public static Vocabulary Load(string path, SpecialTokens? specialTokens = null) =>
        new(Formats.VocabularyFile.Read(path), specialTokens, path);

    /// <summary>Looks a piece up.</summary>
    /// <param name="piece">The piece, with its <c>##</c> where it continues a word.</param>
    /// <param name="id">Its id.</param>
    /// <returns>Whether the piece is there.</returns>
    public bool TryGetId(string piece, out int id) => _ids.TryGetValue(piece, out id);

    /// <summary>Whether a piece is there.</summary>
    /// <param name="piece">The piece, with its <c>##</c> where it continues a word.</param>
    public bool Contains([NotNullWhen(true)] string? piece) => piece is not null && _ids.ContainsKey(piece);

    private int Require(string name) => _ids.TryGetValue(name, out int id)
        ? id
        : throw new DecantException(
            $"{_source} has {_pieces.Length} pieces and no {name} among them, so it cannot serve a BERT model. Check that the file is whole and is a BERT vocabulary.");
}
