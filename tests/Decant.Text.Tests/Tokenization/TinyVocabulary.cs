using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>A vocabulary small enough to work answers out by hand.</summary>
internal static class TinyVocabulary
{
    public static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
        "the", "un", "##aff", "##able", "able", "a", "b", "##a", "##b", "cafe", ",", ".", "[", "]", "mask",
        "\u4E2D", "\u03C3", "##\u03C3", "\u03B1", "##\u03B1", "##\u03C2", "\u03C2", "i", "##s", "##sen", "##senschaft", "wi",
    ];

    public static WordPieceTokenizer Tokenizer(TokenizerOptions? options = null) => new(new Vocabulary(Pieces), options);

    /// <summary>A new folder that the test process leaves to the system's clean-up of temporary files.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("decant-tokenizer-").FullName;
}
