using Decant.Distillation.Augmentation;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Augmentation;
using Decant.Torch;

namespace Decant.Distillation.Tests.Augmentation;

public sealed class MaskedWordModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BertMaskedLm model;

    public MaskedWordModelTests() => model = BertLoader.LoadMaskedLm(ModelDirectory.Open(TinyLanguageModel.Save(folder.File("lm"))));

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_batch_answers_as_the_whole_model_does_one_by_one()
    {
        MaskedQuery[] queries = [Query(4), Query(9), Query(2), Query(9), Query(6)];
        int[][] answers = new MaskedWordModel(model).Predict(queries, 5);
        for (int q = 0; q < queries.Length; q++)
        {
            using var scope = new TensorScope();
            int[] types = [.. queries[q].Ids.Select((_, i) => i < queries[q].FirstLength ? 0 : 1)];
            Tensor logits = model.Forward(ModelInput.Create(queries[q].Ids, types, [queries[q].Ids.Length]), OutputRequest.LogitsOnly).Logits;
            float[] scores = logits.Select(1, queries[q].Position).ToArray<float>();
            Assert.Equal(Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(5), answers[q]);
        }
    }

    [Fact]
    public void The_size_of_batches_does_not_matter()
    {
        MaskedQuery[] queries = [.. Enumerable.Range(2, 20).Select(Query)];
        int[][] expected = new MaskedWordModel(model, batchTokens: 1).Predict(queries, 4);
        foreach (int tokens in (int[])[50, 100, 4096]) Assert.Equal(expected, new MaskedWordModel(model, batchTokens: tokens).Predict(queries, 4));
    }

    [Fact]
    public void Nothing_asked_gives_nothing_and_more_than_the_vocabulary_gives_all()
    {
        Assert.Empty(new MaskedWordModel(model).Predict([], 15));
        Assert.Equal(TinyLanguageModel.Tokenizer.Vocabulary.Count, new MaskedWordModel(model).Predict([Query(3)], 10_000)[0].Length);
    }

    private static MaskedQuery Query(int words)
    {
        var random = new Random(words);
        int[] ids = [.. Enumerable.Range(0, words).Select(_ => 5 + random.Next(60))];
        int position = 1 + random.Next(words);
        int[] masked = [.. ids];
        masked[position - 1] = 4;
        return new MaskedQuery([2, .. masked, 3, .. ids, 3], words + 2, position);
    }
}
