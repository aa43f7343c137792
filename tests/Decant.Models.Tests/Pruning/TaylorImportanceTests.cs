using Decant.Models.Bert;
using Decant.Models.Pruning;
using Decant.Torch;

namespace Decant.Models.Tests.Pruning;

public class TaylorImportanceTests
{
    private static readonly int[][] Labels = [[0, 1], [2, 0]];

    [Theory]
    [InlineData(ImportanceRule.Absolute)]
    [InlineData(ImportanceRule.Signed)]
    public void Scores_are_those_worked_out_from_the_gradients_by_hand(ImportanceRule rule)
    {
        using BertClassifier model = PrunedBert.Classifier(PrunedBert.Uneven);
        using var scope = new TensorScope();
        var sums = new Dictionary<string, double[]>();
        foreach (int[] labels in Labels)
        {
            Loss(model, labels).Backward();
            foreach ((string name, Tensor tensor) in model.NamedParameters())
            {
                double[] gradient = tensor.Grad!.ToArray<double>();
                double[] sum = sums.TryGetValue(name, out double[]? before) ? before : sums[name] = new double[gradient.Length];
                for (int i = 0; i < sum.Length; i++) sum[i] += rule == ImportanceRule.Absolute ? Math.Abs(gradient[i]) : gradient[i];
                tensor.Grad = null;
            }
        }

        ImportanceScores scores = Measure(model, rule);
        for (int l = 0; l < 3; l++)
        {
            double[] Of(string name)
            {
                float[] weights = model.NamedParameters().Single(p => p.Name == $"bert.encoder.layer.{l}.{name}").Tensor.ToArray<float>();
                return [.. sums[$"bert.encoder.layer.{l}.{name}"].Zip(weights, (sum, weight) => Math.Abs(sum * weight))];
            }
            int heads = PrunedBert.Uneven.HeadsOf(l), width = 4 * heads, neurons = PrunedBert.Uneven.IntermediateSizeOf(l);
            double[] attention = Of("attention.output.dense.weight"), inner = Of("intermediate.dense.weight"), outer = Of("output.dense.weight");
            Assert.Equal(heads, scores.Heads[l].Length);
            for (int h = 0; h < heads; h++) Close(attention.Where((_, i) => i % width / 4 == h).Sum(), scores.Heads[l][h]);
            Assert.Equal(neurons, scores.Neurons[l].Length);
            for (int n = 0; n < neurons; n++)
                Close(inner.Where((_, i) => i / 16 == n).Sum() + outer.Where((_, i) => i % neurons == n).Sum(), scores.Neurons[l][n]);
        }
    }

    [Fact]
    public void Batches_that_contradict_each_other_cancel_only_where_signs_count()
    {
        using BertClassifier model = PrunedBert.Classifier();
        double absolute = Measure(model, ImportanceRule.Absolute).Heads[0].Sum(), signed = Measure(model, ImportanceRule.Signed).Heads[0].Sum();
        Assert.True(signed < absolute, $"{signed} is not below {absolute}");
    }

    [Fact]
    public void A_part_that_does_nothing_scores_nothing()
    {
        using BertClassifier model = PrunedBert.Classifier();
        Tensor weight = model.NamedParameters().Single(p => p.Name == "bert.encoder.layer.1.attention.output.dense.weight").Tensor;
        for (int row = 0; row < 16; row++) weight.Span<float>().Slice(row * 16 + 8, 4).Clear();
        ImportanceScores scores = Measure(model, ImportanceRule.Absolute);
        Assert.Equal(0, scores.Heads[1][2]);
        Assert.True(scores.Heads[1][0] > 0);
    }

    [Fact]
    public void Afterwards_the_model_is_as_it_was()
    {
        using BertClassifier model = PrunedBert.Classifier();
        float[] before = PrunedBert.Logits(model);
        Measure(model, ImportanceRule.Absolute);
        Assert.Equal(before, PrunedBert.Logits(model));
        Assert.All(model.NamedParameters(), p => Assert.True(p.Tensor.RequiresGrad && p.Tensor.Grad is null, p.Name));
    }

    private static ImportanceScores Measure(BertClassifier model, ImportanceRule rule)
    {
        using var scope = new TensorScope();
        using var importance = new TaylorImportance(model, rule);
        foreach (int[] labels in Labels)
        {
            Loss(model, labels).Backward();
            importance.Add();
        }
        return importance.Scores();
    }

    private static Tensor Loss(BertClassifier model, int[] labels) =>
        model.Forward(PrunedBert.Input(), OutputRequest.LogitsOnly).Logits.CrossEntropy(Tensor.From(labels, 2).To(DType.Int64));

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-5 * Math.Max(1, expected));
}
