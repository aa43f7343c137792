using Decant.Distillation.Objectives.MaskedLanguageModel;
using Decant.Text.Batching;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Tests.Objectives.MaskedLanguageModel;

public sealed class TokenMaskerTests
{
    private const int Cls = 2, Sep = 3, Mask = 4, Word = 9;
    private static readonly Vocabulary vocabulary = new(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, 95).Select(i => $"w{i}")]);

    [Fact]
    public void Pieces_are_hidden_in_berts_shares()
    {
        TokenBatch batch = Batch(rows: 400, words: 100);
        int[] before = [.. batch.InputIds];
        (int[] places, int[] pieces) = new TokenMasker(vocabulary, 0.15).Mask(batch, new RandomStream(1, "mask"));
        Assert.InRange(places.Length / 40_000.0, 0.145, 0.155);
        Assert.Equal(pieces, places.Select(place => before[place]));
        double Share(Func<int, bool> which) => places.Count(place => which(batch.InputIds[place])) / (double)places.Length;
        Assert.InRange(Share(id => id == Mask), 0.785, 0.815);
        // One of a hundred random pieces is the piece itself, and one is [MASK].
        Assert.InRange(Share(id => id is not Mask and not Word), 0.085, 0.112);
        Assert.InRange(Share(id => id == Word), 0.09, 0.115);
        Assert.All(Enumerable.Range(0, before.Length).Except(places), place => Assert.Equal(before[place], batch.InputIds[place]));
    }

    [Fact]
    public void Special_tokens_and_padding_are_never_chosen()
    {
        TokenBatch batch = Batch(rows: 50, words: 6);
        (int[] places, int[] pieces) = new TokenMasker(vocabulary, 1).Mask(batch, new RandomStream(1, "mask"));
        Assert.Equal(300, places.Length);
        Assert.All(pieces, piece => Assert.Equal(Word, piece));
        for (int row = 0; row < batch.Sequences; row++)
            Assert.Equal((Cls, Sep, 0), (batch.InputIds[row * batch.Length], batch.InputIds[row * batch.Length + 7], batch.InputIds[row * batch.Length + 8]));
    }

    [Fact]
    public void The_same_numbers_hide_the_same_pieces()
    {
        TokenBatch first = Batch(20, 20), second = Batch(20, 20), other = Batch(20, 20);
        var masker = new TokenMasker(vocabulary, 0.15);
        masker.Mask(first, new RandomStream(1, "a"));
        masker.Mask(second, new RandomStream(1, "a"));
        masker.Mask(other, new RandomStream(2, "a"));
        Assert.Equal(first.InputIds, second.InputIds);
        Assert.NotEqual(first.InputIds, other.InputIds);
    }

    [Fact]
    public void One_piece_is_hidden_at_least()
    {
        var masker = new TokenMasker(vocabulary, 1e-9);
        Assert.Single(masker.Mask(Batch(1, 3), new RandomStream(1, "mask")).Places);
        Assert.Empty(masker.Mask(Batch(1, 0), new RandomStream(1, "mask")).Places);
    }

    [Fact]
    public void A_vocabulary_without_a_mask_is_refused()
    {
        var plain = new Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "word"]);
        Assert.Contains("[MASK]", Assert.Throws<DecantException>(() => new TokenMasker(plain, 0.15)).Message, StringComparison.Ordinal);
    }

    // [CLS], words, [SEP] and one padding.
    private static TokenBatch Batch(int rows, int words) => new()
    {
        Examples = rows, Choices = 1, Length = words + 3,
        InputIds = [.. Enumerable.Range(0, rows).SelectMany(_ => (int[])[Cls, .. Enumerable.Repeat(Word, words), Sep, 0])],
        TokenTypeIds = new int[rows * (words + 3)],
        Lengths = [.. Enumerable.Repeat(words + 2, rows)],
        ExampleIndices = [.. Enumerable.Range(0, rows)], ExampleIds = [.. Enumerable.Range(0, rows).Select(e => $"{e}")],
    };
}
