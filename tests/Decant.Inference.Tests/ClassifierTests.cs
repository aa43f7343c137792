using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Inference.Tests;

public sealed class ClassifierTests : IDisposable
{
    private static readonly string[] Texts = ["", "good film", "a very very bad plot .", "so", "the films good", "not so-so . so badly"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Probabilities_are_those_of_the_network_text_by_text()
    {
        using Classifier classifier = Load(labels: ["no", "yes", "maybe"]);
        TextInput[] inputs = [.. Texts.Select(t => new TextInput(t)), new("good", "bad film"), new("a", "")];
        IReadOnlyList<Prediction> answers = classifier.Predict(inputs);
        using BertClassifier network = BertLoader.LoadClassifier(ModelDirectory.Open(_folder.Root));
        for (int i = 0; i < inputs.Length; i++)
        {
            float[] expected = Alone(network, inputs[i]);
            for (int label = 0; label < 3; label++) Assert.Equal(expected[label], answers[i].Scores[label], 1e-5);
            Assert.Equal(classifier.Labels[Array.IndexOf(expected, expected.Max())], answers[i].Label);
            Assert.Equal(expected.Max(), answers[i].Score!.Value, 1e-5);
            Assert.Null(answers[i].ExitLayer);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Batch_size_changes_nothing(int batchSize)
    {
        using Classifier whole = Load(), cut = Classifier.Load(_folder.Root, new() { BatchSize = batchSize });
        foreach ((Prediction a, Prediction b) in whole.Predict(Texts).Zip(cut.Predict(Texts)))
            Assert.Equal(a.Scores[0], b.Scores[0], 1e-5);
    }

    [Fact]
    public async Task Many_threads_get_their_own_answers()
    {
        using Classifier classifier = Load();
        float[] expected = [.. Texts.Select(t => classifier.Predict(t).Scores[0])];
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            int first = i % Texts.Length;
            IReadOnlyList<Prediction> answers = await classifier.PredictAsync(Texts[first..]);
            for (int k = 0; k < answers.Count; k++) Assert.Equal(expected[first + k], answers[k].Scores[0], 1e-5);
        }));
    }

    [Fact]
    public void A_stream_keeps_its_order_and_is_read_as_it_goes()
    {
        using Classifier classifier = Load();
        Classifier small = Classifier.Load(_folder.Root, new() { BatchSize = 2 });
        int read = 0;
        IEnumerable<int> Numbers()
        {
            for (; read < 200; read++) yield return read;
        }
        int next = 0;
        foreach ((int item, Prediction prediction) in small.PredictStream(Numbers(), i => Texts[i % Texts.Length]))
        {
            Assert.Equal(next, item);
            Assert.Equal(classifier.Predict(Texts[item % Texts.Length]).Scores[0], prediction.Scores[0], 1e-5);
            if (next++ == 0) Assert.InRange(read, 1, 32);
        }
        small.Dispose();
        Assert.Equal(200, next);
    }

    [Fact]
    public void Labels_are_ranked_and_cut_to_the_number_asked_for()
    {
        using Classifier classifier = Load(labels: ["no", "yes", "maybe"]);
        Prediction all = classifier.Predict("good film"), two = classifier.Predict("good film", options: new() { TopK = 2 });
        Assert.Equal(3, all.Top.Count);
        Assert.Equal(all.Top.OrderByDescending(t => t.Score), all.Top);
        Assert.Equal(1, all.Top.Sum(t => t.Score), 1e-5);
        Assert.Equal(all.Top.Take(2), two.Top);
    }

    [Fact]
    public void Regression_gives_the_number_itself()
    {
        RandomModel.Save(_folder.Root, RandomModel.Config, 1, ProblemType.Regression);
        using Classifier classifier = Classifier.Load(_folder.Root);
        Prediction answer = classifier.Predict("good", "bad");
        Assert.True(classifier.IsRegression);
        Assert.Equal(answer.Scores[0], answer.Value);
        Assert.True(answer is { Label: null, Score: null, Top.Count: 0, Chosen.Count: 0 });
    }

    [Fact]
    public void Multi_label_chooses_those_from_one_half()
    {
        RandomModel.Save(_folder.Root, RandomModel.Config, 6, ProblemType.MultiLabel);
        using Classifier classifier = Classifier.Load(_folder.Root);
        foreach (Prediction answer in classifier.Predict(Texts))
            Assert.Equal(Enumerable.Range(0, 6).Where(i => answer.Scores[i] >= 0.5f), answer.Chosen);
    }

    [Fact]
    public void Long_texts_are_cut()
    {
        using Classifier classifier = Load(), shorter = Classifier.Load(_folder.Root, new() { MaxLength = 5 });
        string text = string.Join(' ', Enumerable.Repeat("good film", 500));
        Assert.Equal(1002, classifier.CountPieces(text));
        Assert.Equal(classifier.Predict(text[..^10]).Scores, classifier.Predict(text).Scores);
        Assert.Equal(classifier.Predict("good film good").Scores[0], shorter.Predict(text).Scores[0], 1e-5);
    }

    [Fact]
    public async Task A_cancelled_call_throws()
    {
        using Classifier classifier = Load();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => classifier.PredictAsync(Texts, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void No_texts_give_no_predictions()
    {
        using Classifier classifier = Load();
        Assert.Empty(classifier.Predict(Array.Empty<string>()));
    }

    [Fact]
    public void Wrong_calls_say_what_is_wrong()
    {
        using Classifier classifier = Load();
        Assert.Equal("TopK is 0; it must be at least 1.", Refused(() => classifier.Predict(Texts, new() { TopK = 0 })));
        Assert.Equal("Speed is 1.5; it must be in [0, 1].", Refused(() => classifier.Predict(Texts, new() { Speed = 1.5 })));
        Assert.Equal("Speed is NaN; it must be in [0, 1].", Refused(() => classifier.Predict(Texts, new() { Speed = double.NaN })));
        Assert.Equal("Speed is for FastBERT models; this model has no branches to leave at. Leave Speed out.", Refused(() => classifier.Predict(Texts, new() { Speed = 0.5 })));
        Assert.Equal("Text 1 of 2 (counted from 0) is null; give an empty text instead.", Refused(() => classifier.Predict(["good", null!])));
        Assert.Equal("MaxLength is 2; it must be at least 3, for a piece between [CLS] and [SEP].", Refused(() => Load(new() { MaxLength = 2 })));
        Assert.Equal("BatchSize is 0; it must be at least 1.", Refused(() => Load(new() { BatchSize = 0 })));
    }

    [Fact]
    public void A_model_that_labels_no_texts_is_refused()
    {
        RandomModel.Save(_folder.Root, RandomModel.Config, 1, kind: ModelKind.MultipleChoice);
        Assert.Equal($"{_folder.Root} answers multiple-choice questions; this labels single texts and pairs.", Refused(() => Classifier.Load(_folder.Root)));
    }

    [Fact]
    public void A_tokenizer_of_another_model_is_refused()
    {
        BertConfig small = RandomModel.Config with { VocabSize = 7 };
        RandomModel.Save(_folder.Root, small, 2);
        Assert.Equal($"{_folder.Root}: the tokenizer has 18 pieces, the model 7. They do not belong together.", Refused(() => Classifier.Load(_folder.Root)));
    }

    [Fact]
    public void A_fast_bert_leaves_early_where_a_call_allows_it()
    {
        BertConfig config = RandomModel.Config with { Layers = 3 };
        using (var model = new FastBertClassifier(config, new BranchShape(8, 2), 2, new Initializer(new RandomStream(1, "weights"), 0.3)))
            ModelDirectory.Save(_folder.Root, ModelKind.FastBert, config, model.NamedParameters(), new ModelLabels(["no", "yes"]), ProblemType.SingleLabel, branches: model.Shape);
        new WordPieceTokenizer(RandomModel.Vocabulary).Save(_folder.Root);
        using Classifier classifier = Classifier.Load(_folder.Root);
        Assert.True(classifier.HasAdaptiveExit);
        Assert.All(classifier.Predict(Texts), p => Assert.Equal(3, p.ExitLayer));
        Assert.All(classifier.Predict(Texts, new() { Speed = 0 }), p => Assert.Equal(3, p.ExitLayer));
        Assert.All(classifier.Predict(Texts, new() { Speed = 1 }), p => Assert.Equal(1, p.ExitLayer));
    }

    private static string Refused(Action call) => Assert.Throws<DecantException>(call).Message;

    private static float[] Alone(BertClassifier network, TextInput input)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        Encoding text = new WordPieceTokenizer(RandomModel.Vocabulary).Encode(input.Text, input.Pair);
        return network.Forward(ModelInput.Create(text.Ids, text.TypeIds, [text.Ids.Length]), OutputRequest.LogitsOnly).Logits.Softmax().ToArray<float>();
    }

    private Classifier Load(ClassifierOptions? options = null, string[]? labels = null)
    {
        RandomModel.Save(_folder.Root, RandomModel.Config, labels?.Length ?? 2, labels: labels);
        return Classifier.Load(_folder.Root, options);
    }
}
