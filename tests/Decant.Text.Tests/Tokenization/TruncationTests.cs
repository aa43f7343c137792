using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

public class TruncationTests
{
    private readonly WordPieceTokenizer _tokenizer = TinyVocabulary.Tokenizer();

    [Fact]
    public void Longest_first_ends_where_the_original_loop_ends()
    {
        for (int first = 0; first < 12; first++)
            for (int second = 0; second < 12; second++)
                for (int budget = 1; budget < 26; budget++)
                {
                    (int a, int b) = (first, second);
                    while (a + b > budget) // _truncate_seq_pair of Google's code
                        if (a > b) a--;
                        else b--;
                    Assert.Equal((a, b), Lengths(first, second, budget + 3, Truncation.LongestFirst));
                }
    }

    [Theory]
    [InlineData(Truncation.OnlyFirst, 4, 5)]
    [InlineData(Truncation.OnlySecond, 7, 2)]
    [InlineData(Truncation.None, 7, 5)]
    public void One_side_is_cut(Truncation truncation, int first, int second) =>
        Assert.Equal((first, second), Lengths(7, 5, 12, truncation));

    [Fact]
    public void The_kept_pieces_are_the_first_ones() =>
        Assert.Equal(["[CLS]", "the", "un", "##aff", "[SEP]"], _tokenizer.Encode("the unaffable a", null, new EncodeOptions { MaxLength = 5 }).Tokens);

    [Fact]
    public void What_fits_is_left_alone()
    {
        foreach (Truncation truncation in Enum.GetValues<Truncation>())
            Assert.Equal((7, 5), Lengths(7, 5, 15, truncation));
        Assert.Equal(["[CLS]", "[SEP]"], _tokenizer.Encode("", null, new EncodeOptions { MaxLength = 2 }).Tokens);
    }

    [Theory]
    [InlineData(Truncation.OnlyFirst, "MaxLength 8 cannot be met by cutting only the first text: the second text alone has 6 pieces or more")]
    [InlineData(Truncation.OnlySecond, "MaxLength 8 cannot be met by cutting only the second text: the first text alone has 6 pieces or more")]
    public void A_side_too_short_to_cut_is_an_error(Truncation truncation, string message)
    {
        var error = Assert.Throws<DecantException>(() => Lengths(6, 6, 8, truncation));
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void There_must_be_room_for_a_piece()
    {
        var error = Assert.Throws<DecantException>(() => _tokenizer.Encode("the", null, new EncodeOptions { MaxLength = 2 }));
        Assert.Equal("MaxLength 2 leaves no room for the text: a text needs 2 special tokens and at least one piece. Raise MaxLength.", error.Message);
        Assert.Throws<DecantException>(() => _tokenizer.Encode("the", null, new EncodeOptions { MaxLength = -5, AddSpecialTokens = false }));
    }

    [Fact]
    public void The_uncut_side_is_never_cut() =>
        Assert.Throws<DecantException>(() => Lengths(0, 6, 8, Truncation.OnlyFirst));

    [Fact]
    public void Lengths_at_the_ends_of_the_range_do_no_harm()
    {
        Assert.Single(_tokenizer.Encode("a", null, new EncodeOptions { MaxLength = int.MaxValue, AddSpecialTokens = false }).Ids);
        Assert.Throws<DecantException>(() => _tokenizer.Encode("a", null, new EncodeOptions { MaxLength = int.MinValue }));
    }

    [Fact]
    public void A_single_text_has_no_second_side() =>
        Assert.Contains("there is no second text to cut", Assert.Throws<DecantException>(() =>
            _tokenizer.Encode("a a a", null, new EncodeOptions { MaxLength = 4, Truncation = Truncation.OnlySecond })).Message);

    private (int First, int Second) Lengths(int first, int second, int maxLength, Truncation truncation)
    {
        Encoding encoding = _tokenizer.Encode(
            string.Join(' ', Enumerable.Repeat("a", first)), string.Join(' ', Enumerable.Repeat("b", second)),
            new EncodeOptions { MaxLength = maxLength, Truncation = truncation });
        return (encoding.Tokens.Count(token => token == "a"), encoding.Tokens.Count(token => token == "b"));
    }
}
