using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

public class VocabularyTests
{
    private const string Special = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";

    [Fact]
    public void Line_numbers_are_ids_and_line_ends_and_byte_order_mark_are_no_part_of_a_piece()
    {
        Vocabulary vocabulary = Load([0xEF, 0xBB, 0xBF, .. "[PAD]\r\n[UNK]\n[CLS]\r\n[SEP]\nx\u2028y"u8]);
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "x\u2028y"], vocabulary.Pieces);
        Assert.Equal((0, 1, 2, 3), (vocabulary.PaddingId, vocabulary.UnknownId, vocabulary.ClassificationId, vocabulary.SeparatorId));
        Assert.True(vocabulary.TryGetId("x\u2028y", out int id));
        Assert.Equal(4, id);
        Assert.False(vocabulary.Contains("x"));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(TinyVocabulary.NewFolder(), "vocab.txt");
        var error = Assert.Throws<DecantException>(() => Vocabulary.Load(path));
        Assert.Equal($"{path} does not exist. Give a vocab.txt, a tokenizer.json or a model directory that holds one of them.", error.Message);
    }

    [Fact]
    public void A_short_vocabulary_lacks_a_special_token()
    {
        var error = Assert.Throws<DecantException>(() => Load("[PAD]\n[UNK]\nthe\n"u8));
        Assert.Contains("has 3 pieces and no [CLS] among them, so it cannot serve a BERT model.", error.Message);
    }

    [Fact]
    public void An_empty_file_is_no_vocabulary() =>
        Assert.Contains("has 0 pieces and no [UNK]", Assert.Throws<DecantException>(() => Load([])).Message);

    [Fact]
    public void A_piece_may_stand_once()
    {
        var error = Assert.Throws<DecantException>(() => Load("[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\na\nthe\n"u8));
        Assert.Contains("line 7 repeats the piece \"the\" of line 5; every piece may stand only once.", error.Message);
    }

    [Fact]
    public void A_line_may_not_be_empty() =>
        Assert.Contains("line 5 is empty", Assert.Throws<DecantException>(() => Load("[PAD]\n[UNK]\n[CLS]\n[SEP]\n\na\n"u8)).Message);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused_with_their_line()
    {
        byte[] latin1 = [.. System.Text.Encoding.UTF8.GetBytes(Special), .. "caf"u8, 0xE9, (byte)'\n'];
        Assert.Contains("line 6 is not UTF-8.", Assert.Throws<DecantException>(() => Load(latin1)).Message);
    }

    [Fact]
    public void A_vocabulary_without_mask_serves_until_the_mask_is_asked_for()
    {
        var vocabulary = new Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]"]);
        Assert.False(vocabulary.HasMask);
        Assert.StartsWith("The vocabulary has no [MASK];", Assert.Throws<DecantException>(() => vocabulary.MaskId).Message);
    }

    private static Vocabulary Load(ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(TinyVocabulary.NewFolder(), "vocab.txt");
        File.WriteAllBytes(path, content.ToArray());
        return Vocabulary.Load(path);
    }
}
