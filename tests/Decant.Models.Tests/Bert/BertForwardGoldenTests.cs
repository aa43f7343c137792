using Decant.Models;
using Decant.Models.Bert;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert;

/// <summary>Forward and backward against the official PyTorch BERT.</summary>
public class BertForwardGoldenTests
{
    private static readonly OutputRequest everything = new()
    {
        HiddenStates = [0, 1, 2, 3, 4],
        ClsStates = [0, 4],
        AttentionScores = [1, 2, 3, 4],
        AttentionProbabilities = [1, 2, 3, 4],
        Pooled = true,
    };

    [SkippableFact]
    public void The_forward_pass_is_the_official_one()
    {
        using Golden golden = Golden.Open("bert_forward");
        using var scope = new TensorScope();
        using BertClassifier model = Classifier(golden);
        ModelOutput output = model.Forward(Input(golden), everything);

        golden.AssertClose("out.embeddings", output.HiddenStates[0]);
        for (int l = 1; l <= 4; l++)
        {
            golden.AssertClose($"out.hidden.{l}", output.HiddenStates[l]);
            golden.AssertClose($"out.att_scores.{l}", output.AttentionScores[l]);
            golden.AssertClose($"out.att_probs.{l}", output.AttentionProbabilities[l]);
        }
        golden.AssertClose("out.pooled", output.Pooled!);
        golden.AssertClose("out.logits", output.Logits);
    }

    [SkippableFact]
    public void A_last_layer_computed_for_the_first_token_alone_gives_the_same_logits_and_gradients()
    {
        using Golden golden = Golden.Open("bert_forward");
        using var scope = new TensorScope();
        using BertClassifier model = Classifier(golden);
        ModelOutput output = model.Forward(Input(golden), OutputRequest.LogitsOnly);
        golden.AssertClose("out.logits", output.Logits);

        Tensor loss = output.Logits.CrossEntropy(golden["in.labels"]);
        Assert.Equal(golden.Scalars.GetProperty("cls_loss").GetDouble(), loss.ToScalar(), 1e-5);
        loss.Backward();
        CompareGradients(golden, model.NamedParameters(), "grad.cls.");
    }

    [SkippableFact]
    public void The_relu_head_is_TinyBERTs()
    {
        using Golden golden = Golden.Open("bert_forward");
        using var scope = new TensorScope();
        using BertClassifier model = Classifier(golden, HeadKind.Relu);
        golden.AssertClose("out.logits_tinybert", model.Forward(Input(golden), OutputRequest.LogitsOnly).Logits);
    }

    [SkippableFact]
    public void The_masked_language_model_is_the_official_one()
    {
        using Golden golden = Golden.Open("bert_forward");
        using var scope = new TensorScope();
        using var model = new BertMaskedLm(Config(golden), Init());
        golden.Fill(model.NamedParameters(), "w.");
        Tensor logits = model.Forward(Input(golden), OutputRequest.LogitsOnly).Logits;
        golden.AssertClose("out.mlm_logits", logits, absolute: 1e-5);

        Tensor labels = golden["in.mlm_labels"].Reshape(-1);
        Tensor ignored = labels.MaskedFill(labels.EqualTo(-1), -100);
        Tensor loss = logits.Reshape(-1, logits.Size(2)).CrossEntropy(ignored);
        Assert.Equal(golden.Scalars.GetProperty("mlm_loss").GetDouble(), loss.ToScalar(), 1e-4);
        loss.Backward();
        CompareGradients(golden, model.NamedParameters(), "grad.mlm.");
    }

    [SkippableFact]
    public void A_layer_that_the_model_does_not_have_is_refused()
    {
        using Golden golden = Golden.Open("bert_forward");
        using var scope = new TensorScope();
        using BertClassifier model = Classifier(golden);
        var error = Assert.Throws<DecantException>(() => model.Forward(Input(golden), new OutputRequest { ClsStates = [5] }));
        Assert.Equal("Hidden state 5 was asked for; the model has 0 (embeddings) to 4.", error.Message);
    }

    private static void CompareGradients(Golden golden, IEnumerable<(string Name, Tensor Tensor)> parameters, string prefix)
    {
        int compared = 0;
        foreach ((string name, Tensor tensor) in parameters)
        {
            // The true gradient of a key bias is zero; what is recorded is rounding noise.
            if (name.EndsWith("key.bias", StringComparison.Ordinal) || !golden.Has(prefix + name)) continue;
            golden.AssertGradient(prefix + name, tensor.Grad!);
            compared++;
        }
        Assert.True(compared > 60, $"only {compared} gradients were compared");
    }

    private static BertClassifier Classifier(Golden golden, HeadKind head = HeadKind.Bert)
    {
        var model = new BertClassifier(Config(golden), golden.Settings.GetProperty("C").GetInt32(), Init(), head);
        golden.Fill(model.NamedParameters(), "w.");
        return model;
    }

    private static BertConfig Config(Golden golden)
    {
        int Size(string name) => golden.Settings.GetProperty(name).GetInt32();
        return new BertConfig
        {
            VocabSize = Size("V"), HiddenSize = Size("H"), Layers = Size("L"), Heads = Size("A"),
            IntermediateSize = Size("F"), MaxPositions = Size("P"),
        };
    }

    private static ModelInput Input(Golden golden)
    {
        int[] lengths = [.. golden.Settings.GetProperty("lens").EnumerateArray().Select(e => e.GetInt32())];
        string[] names = [.. golden.Names.Where(n => n.StartsWith("in.", StringComparison.Ordinal))];
        string ids = names.First(n => n.Contains("ids")), types = names.First(n => n.Contains("seg") || n.Contains("type"));
        return ModelInput.Create(golden.Ints(ids), golden.Ints(types), lengths);
    }

    private static Initializer Init() => new(new RandomStream(1, "weights"), 0.02);
}
