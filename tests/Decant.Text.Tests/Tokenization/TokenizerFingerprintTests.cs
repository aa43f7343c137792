using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

public class TokenizerFingerprintTests
{
    [Fact]
    public void It_is_the_same_on_every_machine() => Assert.Equal(
        "04beff4eecc5cf6e4c27788c845bf483126b02c26f0359364b5e7c4c2ee17efd", TinyVocabulary.Tokenizer().Fingerprint);

    [Fact]
    public void It_changes_with_everything_that_changes_ids()
    {
        string[] swapped = [.. TinyVocabulary.Pieces];
        (swapped[5], swapped[6]) = (swapped[6], swapped[5]);
        string[] prints =
        [
            TinyVocabulary.Tokenizer().Fingerprint,
            TinyVocabulary.Tokenizer(new() { Lowercase = false }).Fingerprint,
            TinyVocabulary.Tokenizer(new() { StripAccents = false }).Fingerprint,
            TinyVocabulary.Tokenizer(new() { TokenizeChineseChars = false }).Fingerprint,
            TinyVocabulary.Tokenizer(new() { MaxWordLength = 99 }).Fingerprint,
            new WordPieceTokenizer(new Vocabulary(swapped)).Fingerprint,
            new WordPieceTokenizer(new Vocabulary([.. TinyVocabulary.Pieces, "more"])).Fingerprint,
        ];
        Assert.Distinct(prints);
    }

    [Fact]
    public void It_stays_with_what_changes_nothing() => Assert.Equal(
        TinyVocabulary.Tokenizer().Fingerprint,
        TinyVocabulary.Tokenizer(new() { StripAccents = true, ModelMaxLength = 128 }).Fingerprint);
}
