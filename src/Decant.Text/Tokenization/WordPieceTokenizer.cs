using System.Collections.Concurrent;
using Decant.Text.Tokenization.Formats;
using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tokenization;

/// <summary>
/// BERT's tokenizer: the basic tokenizer and WordPiece of Devlin et al. (2019), piece for piece as the original code. Safe for use by
/// many threads at once.
/// </summary>
public sealed partial class WordPieceTokenizer
{
    private static readonly EncodeOptions Defaults = new();

    private readonly WordPieceModel _model;
    private readonly SpecialTokenFinder _special;
    private readonly ConcurrentBag<SequenceBuilder> _idle = [];

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="vocabulary">The pieces. It was made with the special tokens that the options name.</param>
    /// <param name="options">The switches; null for those of the uncased models.</param>
    /// <exception cref="DecantException">An option is out of range.</exception>
    public WordPieceTokenizer(Vocabulary vocabulary, TokenizerOptions? options = null)
    {
        Vocabulary = vocabulary;
        Options = options ?? new();
        if (Options.MaxWordLength < 1)
            throw new DecantException($"MaxWordLength is {Options.MaxWordLength}; it must be at least 1 (BERT's is 100).");
        Fingerprint = TokenizerFingerprint.Of(vocabulary, Options);
        _model = new WordPieceModel(vocabulary, Options);
        _special = new SpecialTokenFinder(vocabulary, Options.SpecialTokens);
    }

    /// <summary>The pieces and their ids.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The switches.</summary>
    public TokenizerOptions Options { get; }

    /// <summary>
    /// 64 hexadecimal digits that change whenever a text could become other ids: a SHA-256 of the vocabulary, the
    /// switches and the version of the Unicode table. Knowledge stores and caches are bound to it.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">
    /// A <c>vocab.txt</c> (lower-casing, as uncased models do), a <c>tokenizer.json</c>, or a Hugging Face model directory:
    /// its <c>tokenizer.json</c>, or its <c>vocab.txt</c> with the switches of its <c>tokenizer_config.json</c>.
    /// </param>
    /// <exception cref="DecantException">Something is missing, damaged, or no BERT tokenizer.</exception>
    public static WordPieceTokenizer Load(string path)
    {
        var (vocabulary, options) =
            Directory.Exists(path) ? TokenizerDirectory.Read(path)
            : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? TokenizerJson.Read(path, new())
            : (Vocabulary.Load(path), new TokenizerOptions());
        return new WordPieceTokenizer(vocabulary, options);
    }

    /// <summary>
    /// Writes <c>vocab.txt</c>, <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c>, so that
    /// Hugging Face's libraries load this tokenizer.
    /// </summary>
    /// <param name="directory">The folder; made when missing.</param>
    public void Save(string directory) => TokenizerWriter.Write(directory, Vocabulary, Options);

    /// <summary>Encodes a text, or a pair of texts.</summary>
    /// <param name="text">The text. Special tokens in it become what they are.</param>
    /// <param name="pair">The second text, or null. An empty second text is a second text.</param>
    /// <param name="options">Maximum length, truncation and special tokens; null for no limit and <c>[CLS]</c>/<c>[SEP]</c>.</param>
    /// <exception cref="DecantException">The text cannot be cut as the options ask.</exception>
    public Encoding Encode(string text, string? pair = null, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        SequenceBuilder builder = Rent();
        try
        {
            var output = new PieceBuffer();
            int firstLength = builder.Append(text, pair, options ?? Defaults, output);
            return new Encoding(output.Ids.ToArray(), firstLength, Vocabulary);
        }
        finally
        {
            _idle.Add(builder);
        }
    }

    /// <summary>Appends the pieces of a text, without <c>[CLS]</c> and <c>[SEP]</c> around it. Allocates nothing once the buffer is large enough.</summary>
    /// <param name="text">The text. Special tokens in it become what they are.</param>
    /// <param name="output">Where the ids go, behind those that are there.</param>
    /// <returns>How many ids were appended.</returns>
    public int EncodePieces(ReadOnlySpan<char> text, PieceBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        SequenceBuilder builder = Rent();
        try
        {
            int before = output.Count;
            builder.AppendPieces(text, output, int.MaxValue);
            return output.Count - before;
        }
        finally
        {
            _idle.Add(builder);
        }
    }

    /// <summary>The pieces of a text with the part of the text that each stands for; no <c>[CLS]</c> and <c>[SEP]</c> around them.</summary>
    /// <param name="text">The text. Special tokens in it become what they are.</param>
    public IReadOnlyList<LocatedPiece> Locate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PieceLocator(Vocabulary, _model, _special).Locate(text);
    }

    /// <summary>The words of a text, as BERT's basic tokenizer splits them, with the pieces of each; no <c>[CLS]</c> and <c>[SEP]</c>.</summary>
    /// <param name="text">The text. Special tokens in it are words of their own.</param>
    public IReadOnlyList<TokenizedWord> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new WordReader(_model, _special).Read(text);
    }

    private SequenceBuilder Rent() =>
        _idle.TryTake(out SequenceBuilder? builder) ? builder : new SequenceBuilder(Vocabulary, _model, _special);
}
