using Decant.Tests;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>bert-base-uncased's vocabulary from the data folder; tests that need it skip without it.</summary>
internal static class BertVocabulary
{
    private static readonly Lazy<Vocabulary> Loaded = new(() => Vocabulary.Load(FilePath));

    public static string FilePath => TestPaths.Require(TestPaths.Data, "vocab/vocab.txt");

    public static WordPieceTokenizer Tokenizer(TokenizerOptions? options = null)
    {
        _ = FilePath; // skips where the file is absent, which a lazy value would turn into a failure
        return new(Loaded.Value, options);
    }
}
