using Decant.Models.Bert;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert;

/// <summary>Forward and backward of a pruned student against the released code of Marginal Utility Diminishes.</summary>
public class RositaForwardGoldenTests
{
    [SkippableFact]
    public void The_pruned_student_is_the_official_one()
    {
        using Golden golden = Golden.Open("rosita_forward");
        using var folder = new TemporaryFolder();
        int Size(string name) => golden.Settings.GetProperty(name).GetInt32();
        // Sizes as the official code writes them.
        BertConfig config = BertConfig.Load(folder.Write("config.json", $$"""
            {
              "model_type": "bert", "vocab_size": {{Size("vocab")}}, "hidden_size": {{Size("hidden")}}, "num_hidden_layers": {{Size("layers")}},
              "num_attention_heads": {{Size("heads")}}, "intermediate_size": 64, "max_position_embeddings": {{Size("positions")}},
              "prun_hidden_size": {{Size("prun_hidden_size")}}, "prun_intermediate_size": {{Size("prun_intermediate_size")}}, "emb_hidden_dim": {{Size("emb_hidden_dim")}}
            }
            """));
        Assert.Equal((4, 8), (config.Heads, config.HeadSize));

        using var scope = new TensorScope();
        int layers = Size("layers");
        using var model = new BertClassifier(config, (int)golden["w.classifier.bias"].Count, new Initializer(new RandomStream(1, "weights"), 0.02), HeadKind.Relu);
        golden.Fill(model.NamedParameters(), "w.");
        float[] mask = golden["in.attention_mask"].ToArray<float>();
        int tokens = (int)golden["in.input_ids"].Size(1);
        var input = ModelInput.Create(golden.Ints("in.input_ids"), golden.Ints("in.token_type_ids"), [.. mask.Chunk(tokens).Select(row => (int)row.Sum())]);
        ModelOutput output = model.Forward(input, new OutputRequest
        {
            HiddenStates = [.. Enumerable.Range(0, layers + 1)], AttentionScores = [.. Enumerable.Range(1, layers)],
        });

        for (int l = 0; l <= layers; l++) golden.AssertClose($"out.hidden.{l}", output.HiddenStates[l]);
        for (int l = 1; l <= layers; l++) golden.AssertClose($"out.att_scores.{l}", output.AttentionScores[l]);
        golden.AssertClose("out.logits", output.Logits);
        Tensor loss = output.Logits.CrossEntropy(golden["in.labels"]);
        golden.AssertClose("out.loss", loss);
        loss.Backward();
        int compared = 0;
        foreach ((string name, Tensor tensor) in model.NamedParameters())
        {
            // The true gradient of a key bias is zero; what is recorded is rounding noise.
            if (name.EndsWith("key.bias", StringComparison.Ordinal) || !golden.Has("grad." + name)) continue;
            golden.AssertGradient("grad." + name, tensor.Grad!);
            compared++;
        }
        Assert.True(compared > 50, $"only {compared} gradients were compared");
    }
}
