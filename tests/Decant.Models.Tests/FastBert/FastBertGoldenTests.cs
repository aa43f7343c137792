using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Models.Tests.FastBert;

/// <summary>Forward, fine-tuning loss, uncertainty and exits against the released FastBERT code.</summary>
public class FastBertGoldenTests
{
    private static readonly double[] speeds = [0, 0.1, 0.5, 0.8];

    [SkippableFact]
    public void The_forward_pass_and_every_branch_are_the_official_ones()
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        using FastBertClassifier model = golden.Model();
        ModelOutput output = model.Forward(golden.Input(), new OutputRequest { HiddenStates = [0, 1, 2, 3, 4], BranchLogits = [1, 2, 3, 4] });
        golden.Golden.AssertClose("out.embeddings", output.HiddenStates[0], 1e-4);
        for (int l = 1; l <= 4; l++)
        {
            golden.Golden.AssertClose($"out.hidden.{l}", output.HiddenStates[l], 1e-4);
            golden.Golden.AssertClose($"out.logits.{l}", output.BranchLogits[l], 1e-4);
        }
        golden.Golden.AssertClose("out.logits.4", output.Logits, 1e-4);
    }

    [SkippableFact]
    public void Fine_tuning_trains_backbone_and_last_classifier_with_the_official_gradients()
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        using FastBertClassifier model = golden.Model();
        model.Train(FastBertPart.Backbone);
        Tensor loss = model.Forward(golden.Input(), OutputRequest.LogitsOnly).Logits.CrossEntropy(golden.Golden["in.labels"]);
        Assert.Equal(golden.Golden["out.finetune_loss"].ToScalar(), loss.ToScalar(), 1e-4);
        loss.Backward();
        // All but the four layers' key biases and that of the classifier.
        Assert.Equal(5 + 4 * 16 + 14 - 5, golden.CompareGradients(model, "grad.finetune."));
        Assert.All(model.Branches.SkipLast(1).SelectMany(b => b.NamedParameters()), p => Assert.Null(p.Tensor.Grad));
    }

    [SkippableTheory]
    [InlineData(ExitRule.AtMost, "out.exit_layers")]
    [InlineData(ExitRule.Below, "out.exit_layers_pypi")]
    public void Every_sequence_leaves_where_the_official_code_lets_it_leave(ExitRule rule, string expected)
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        using FastBertClassifier model = golden.Model();
        using var adaptive = new AdaptiveClassifier(model, new AdaptiveOptions { Rule = rule });
        float[] uncertainty = golden.Golden["out.uncertainty"].ToArray<float>();
        for (int s = 0; s < speeds.Length; s++)
        {
            AdaptiveResult result = adaptive.Predict(golden.Input(), speeds[s]);
            Assert.Equal(golden.Golden.Ints($"{expected}.{s}"), result.ExitLayers);
            for (int row = 0; row < result.ExitLayers.Length; row++)
                Assert.Equal(uncertainty[(result.ExitLayers[row] - 1) * result.ExitLayers.Length + row], result.Uncertainty[row], 1e-4);
            if (rule == ExitRule.AtMost) golden.Golden.AssertClose($"out.fast_logits.{s}", Tensor.From(result.Logits, 8, 2), 1e-4);
        }
    }

    [SkippableFact]
    public void Uncertainty_is_the_official_normalised_entropy()
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using var scope = new TensorScope();
        float[] expected = golden.Golden["out.uncertainty"].ToArray<float>();
        for (int l = 0; l < 4; l++)
        {
            float[] logits = golden.Golden[$"out.logits.{l + 1}"].ToArray<float>();
            for (int row = 0; row < 8; row++) Assert.Equal(expected[l * 8 + row], Uncertainty.Of(logits.AsSpan(row * 2, 2)), 1e-5);
        }
    }

    [SkippableFact]
    public void The_operations_of_every_speed_are_those_counted_on_the_official_modules()
    {
        using FastBertGolden golden = FastBertGolden.Open();
        using FastBertClassifier model = golden.Model();
        var tiny = golden.Golden.Scalars.GetProperty("flops").GetProperty("tiny");
        var flops = new FastBertFlops(model.Config, model.Shape, tokens: 12);
        Assert.Equal(tiny.GetProperty("block").GetInt64(), flops.Layer(1));
        Assert.Equal(tiny.GetProperty("classifier_published_accounting").GetInt64(), flops.Classifier);
        Assert.Equal(tiny.GetProperty("full_bert_published").GetInt64(), flops.Bert);
        for (int s = 0; s < speeds.Length; s++)
            Assert.Equal(tiny.GetProperty("per_speed_total_published")[s].GetInt64(), golden.Golden.Ints($"out.exit_layers.{s}").Sum(flops.UpTo));
    }
}
