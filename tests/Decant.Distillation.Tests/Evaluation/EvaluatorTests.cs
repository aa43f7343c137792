using Decant.Distillation.Evaluation;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Tests.Training;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly TaskDefinition number = TinyTask.TwoClasses with
    {
        Name = "number", Kind = TaskKind.Regression, Labels = [], Metrics = [MetricNames.Pearson, MetricNames.Spearman], BestMetric = MetricNames.Pearson,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Answers_come_in_the_data_sets_order_whatever_the_batches(int batchSize)
    {
        EncodedDataSet data = TinyTask.Data(25);
        using BertClassifier model = TinyTask.Model(1, outputs: 2);
        AssertEachAlone(data, model, new Evaluator(data, batchSize).Answer(model), width: 2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    public void A_question_has_one_row_of_its_choices(int batchSize)
    {
        EncodedDataSet data = TinyTask.Questions(11, choices: 3);
        using BertClassifier model = TinyTask.Model(1, outputs: 1);
        EvaluationResult result = new Evaluator(data, batchSize).Evaluate(model);
        AssertEachAlone(data, model, result.Answers, width: 3);

        int right = Enumerable.Range(0, 11).Count(q => data.Data.Examples[q].ClassIndex == result.Answers.AsSpan(3 * q, 3).IndexOf(result.Answers.Skip(3 * q).Take(3).Max()));
        Assert.InRange(right, 1, 10);
        Assert.Equal(right / 11.0, result.Score, 1e-12);
    }

    [Fact]
    public void Numbers_are_correlated_with_the_right_ones()
    {
        EncodedDataSet data = TinyTask.Data(25, task: number);
        using BertClassifier model = TinyTask.Model(1, outputs: 1);
        EvaluationResult result = new Evaluator(data, 4).Evaluate(model);
        AssertEachAlone(data, model, result.Answers, width: 1);

        double[] said = [.. result.Answers.Select(a => (double)a)], right = [.. data.Data.Examples.Select(e => (double)e.Targets![0])];
        double ms = said.Average(), mr = right.Average();
        double expected = said.Zip(right).Sum(p => (p.First - ms) * (p.Second - mr))
            / Math.Sqrt(said.Sum(x => (x - ms) * (x - ms)) * right.Sum(y => (y - mr) * (y - mr)));
        Assert.Equal(expected, result.Score, 1e-9);
        Assert.Equal(["pearson", "spearman"], result.Metrics.Select(m => m.Key));
        Assert.Equal(result["pearson"], result.Score);
    }

    [Fact]
    public void Classes_are_counted()
    {
        EncodedDataSet data = TinyTask.Data(25);
        using BertClassifier model = TinyTask.Model(1);
        EvaluationResult result = new Evaluator(data, 4).Evaluate(model);
        int right = Enumerable.Range(0, 25).Count(e => (result.Answers[2 * e + 1] > result.Answers[2 * e]) == (data.Data.Examples[e].ClassIndex == 1));
        Assert.Equal(right / 25.0, result.Score, 1e-12);
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void A_split_without_labels_is_answered_but_not_evaluated()
    {
        EncodedDataSet data = TinyTask.Data(5, "test", labelled: false);
        using BertClassifier model = TinyTask.Model(1);
        var evaluator = new Evaluator(data);
        Assert.Equal(10, evaluator.Answer(model).Length);
        string message = Assert.Throws<DecantException>(() => evaluator.Evaluate(model)).Message;
        Assert.Equal("memory: the test split of tiny has no labels for 5 of 5 examples (first: test-0), so it cannot be trained or evaluated on. Use a labelled split, such as dev, or predict instead.", message);
    }

    [Fact]
    public void A_model_that_has_diverged_is_told()
    {
        EncodedDataSet data = TinyTask.Data(5);
        using BertClassifier model = TinyTask.Model(1);
        using (GradMode.Off()) model.NamedParameters().First(p => p.Name == "classifier.bias").Tensor.FillInPlace(double.NaN);
        string message = Assert.Throws<DecantException>(() => new Evaluator(data).Evaluate(model)).Message;
        Assert.EndsWith("no metric can be computed. The model has probably diverged; lower the learning rate.", message);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using BertClassifier model = TinyTask.Model(1);
        Assert.Throws<OperationCanceledException>(() => new Evaluator(TinyTask.Data(5)).Evaluate(model, new CancellationToken(canceled: true)));
    }

    private static void AssertEachAlone(EncodedDataSet data, BertClassifier model, float[] answers, int width)
    {
        Assert.Equal(data.Count * width, answers.Length);
        using GradMode.Restore _ = GradMode.Off();
        var builder = new TokenBatchBuilder(data);
        for (int e = 0; e < data.Count; e++)
        {
            using var scope = new TensorScope();
            float[] alone = model.Forward(TrainingBatch.Create(builder.Build([e])).Input, OutputRequest.LogitsOnly).Logits.ToArray<float>();
            Assert.Equal(width, alone.Length);
            for (int i = 0; i < width; i++) Assert.Equal(alone[i], answers[e * width + i], 1e-5f);
        }
        Assert.True(answers.Distinct().Count() > data.Count / 2, "the answers hardly differ");
    }
}
