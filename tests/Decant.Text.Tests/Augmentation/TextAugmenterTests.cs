using Decant.Tests;
using Decant.Text.Augmentation;

namespace Decant.Text.Tests.Augmentation;

/// <summary>TinyBERT's augmentation as its code does it.</summary>
public sealed class TextAugmenterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_model_is_asked_for_words_of_one_piece_with_the_text_behind()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie"));
        Augment(model, ["The Film is unusually GOOD, xyz 3."]);
        // 'the' and 'is' are stop words, '3' and signs no letters; 'unusually' has three pieces; 'xyz' is unknown: one piece.
        Assert.Equal(
        [
            "[CLS] the [MASK] is un ##usual ##ly good , [UNK] 3 . [SEP] the film is un ##usual ##ly good , [UNK] 3 . [SEP]",
            "[CLS] the film is un ##usual ##ly [MASK] , [UNK] 3 . [SEP] the film is un ##usual ##ly good , [UNK] 3 . [SEP]",
            "[CLS] the film is un ##usual ##ly good , [MASK] 3 . [SEP] the film is un ##usual ##ly good , [UNK] 3 . [SEP]",
        ], model.Asked.Select(q => FakeWordModel.Text(q.Ids)));
        Assert.All(model.Asked, q => Assert.Equal((4, q.Ids.Length / 2 + 1), (q.Ids[q.Position], q.FirstLength)));
    }

    [Fact]
    public void Candidates_are_pieces_that_begin_a_word_and_neighbours_among_vectors()
    {
        string vectors = folder.Write("v.txt", "unusually 1 0\noddly 1 0.1\nstrangely 1 0.2\nplainly -1 0\n");
        var model = new FakeWordModel(_ => FakeWordModel.Ids("##ly", "movie", "##usual", "."));
        List<string[]> rows = Augment(model, ["film unusually"], new() { Copies = 300, Probability = 1, Candidates = 2 }, WordVectors.Load(vectors))[0];
        // Of the two best pieces one goes on a word and is dropped.
        Assert.Equal(["film unusually", "movie oddly", "movie strangely"], rows.Select(r => r[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_word_without_candidates_stays()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("##ly"));
        Assert.Equal([["FILM unusually"], ["film unusually"]], Augment(model, ["FILM unusually"], new() { Copies = 50, Probability = 1 })[0]);
    }

    [Fact]
    public void The_text_itself_is_first_and_nothing_comes_twice()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie", "plot", "film"));
        foreach (string text in (string[])["film film is good", "Film", "", "   ", "[SEP] film [MASK]", "the is a", "\u200b"])
        {
            List<string[]> rows = Augment(model, [text], new() { Copies = 40 })[0];
            Assert.Equal(text, rows[0][0]);
            Assert.Equal(rows.Count, rows.Select(r => r[0]).Distinct().Count());
            Assert.InRange(rows.Count, 1, 41);
        }
    }

    [Fact]
    public void About_the_given_share_of_words_is_replaced()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie"));
        string text = string.Join(' ', Enumerable.Repeat("film", 40));
        List<string[]> rows = Augment(model, [text], new() { Copies = 200, Probability = 0.4 })[0];
        double replaced = rows.Skip(1).Average(r => r[0].Split(' ').Count(w => w == "movie")) / 40;
        Assert.InRange(replaced, 0.36, 0.44); // five deviations of the mean are 0.028
    }

    [Fact]
    public void Candidates_are_drawn_alike()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie", "plot", "good", "bad"));
        string text = string.Join(' ', Enumerable.Repeat("film", 50));
        string[] drawn = [.. Augment(model, [text], new() { Copies = 100, Probability = 1 })[0].Skip(1).SelectMany(r => r[0].Split(' '))];
        foreach (string word in (string[])["movie", "plot", "good", "bad"]) Assert.InRange(drawn.Count(w => w == word) / (double)drawn.Length, 0.22, 0.28);
    }

    [Fact]
    public void In_a_pair_the_second_text_follows_the_last_first_text()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie"));
        List<string[]> rows = Augment(model, ["film", "bad"], new() { Copies = 60, Probability = 0.5 })[0];
        Assert.Equal([["film", "bad"], ["movie", "bad"], ["movie", "bad"], ["movie", "movie"]], rows);
    }

    [Fact]
    public void A_row_depends_on_the_seed_and_its_number_alone()
    {
        static FakeWordModel Model() => new(q => [5 + q.Position % 6, 17, 18]);
        string[][] rows = [["film good bad fine"], ["good film plot movie"], ["film good bad fine"]];
        TextAugmenter augmenter = Augmenter(Model(), new() { Copies = 10 });
        IReadOnlyList<string[]>[] together = augmenter.Augment(rows, 0);
        for (int r = 0; r < 3; r++) Assert.Equal(together[r], Augmenter(Model(), new() { Copies = 10 }).Augment([rows[r]], r)[0]);
        Assert.NotEqual(together[0], together[2]);
        Assert.NotEqual(together[0], Augmenter(Model(), new() { Copies = 10, Seed = 2 }).Augment([rows[0]], 0)[0]);
    }

    [Fact]
    public void A_text_that_comes_twice_is_asked_for_once()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie"));
        Augmenter(model, new()).Augment([["film", "good"], ["film", "bad"]], 0);
        Assert.Equal(3, model.Asked.Count);
    }

    [Fact]
    public void Long_texts_are_cut_and_masks_beyond_the_end_are_not_asked_for()
    {
        var model = new FakeWordModel(_ => FakeWordModel.Ids("movie"), maxLength: 10);
        List<string[]> rows = Augment(model, [string.Join(' ', Enumerable.Repeat("film", 12))], new() { Copies = 1, Probability = 1 })[0];
        Assert.Equal(9, model.Asked.Count); // places 1 to 9
        Assert.All(model.Asked, q => Assert.Equal((10, 10), (q.Ids.Length, q.FirstLength)));
        Assert.Equal("movie movie movie movie movie movie movie movie movie film film film", rows[1][0]);
    }

    [Theory]
    [InlineData("film", true)]
    [InlineData("the", false)]
    [InlineData("wouldn", false)]
    [InlineData("café", false)]
    [InlineData("x3", false)]
    [InlineData("Film", false)]
    [InlineData(".", false)]
    [InlineData("", false)]
    public void Words_are_replaced_that_are_letters_and_no_stop_words(string word, bool replaceable) => Assert.Equal(replaceable, CandidateFinder.IsReplaceable(word));

    [Fact]
    public void Copies_are_those_of_the_released_code() =>
        Assert.Equal([30, 20, 30, 30, 10, 10, 20, 30, 30, null],
            ((string[])["cola", "sst-2", "mrpc", "sts-b", "qqp", "mnli", "qnli", "rte", "wnli", "own"]).Select(AugmentationOptions.CopiesOf));

    private static TextAugmenter Augmenter(FakeWordModel model, AugmentationOptions options, WordVectors? vectors = null) => new(FakeWordModel.Tokenizer, model, vectors, options);

    private static List<string[]>[] Augment(FakeWordModel model, string[] row, AugmentationOptions? options = null, WordVectors? vectors = null) =>
        [.. Augmenter(model, options ?? new(), vectors).Augment([row], 0).Select(rows => rows.ToList())];
}
