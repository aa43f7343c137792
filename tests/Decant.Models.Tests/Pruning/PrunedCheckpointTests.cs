using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Inspection;
using Decant.Models.Students;
using Decant.Models.Tests.Checkpoints;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Models.Tests.Pruning;

/// <summary>Models whose layers differ, written and read.</summary>
public sealed class PrunedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BertClassifier model = PrunedBert.Classifier(PrunedBert.Uneven);

    public PrunedCheckpointTests() =>
        ModelDirectory.Save(folder.Root, ModelKind.SequenceClassification, model.Config, model.NamedParameters(), new ModelLabels(["a", "b", "c"]));

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        using BertClassifier again = BertLoader.LoadClassifier(ModelDirectory.Open(folder.Root));
        Assert.Equal(PrunedBert.Logits(model), PrunedBert.Logits(again));
        Assert.Equal([1, 4, 3], Enumerable.Range(0, 3).Select(again.Config.HeadsOf));
    }

    [Fact]
    public void Writing_it_again_gives_the_same_bytes()
    {
        ModelDirectory directory = ModelDirectory.Open(folder.Root);
        using BertClassifier again = BertLoader.LoadClassifier(directory);
        ModelDirectory.Save(folder.File("again"), ModelKind.SequenceClassification, directory.Config, again.NamedParameters(), directory.Labels);
        foreach (string name in (string[])["config.json", "model.safetensors"])
            Assert.Equal(File.ReadAllBytes(folder.File(name)), File.ReadAllBytes(Path.Combine(folder.File("again"), name)));
    }

    [Fact]
    public void Its_parts_are_counted()
    {
        ModelSummary summary = ModelSummary.Of(folder.Root);
        Assert.Equal(model.ParameterCount, summary.Parameters);
        Assert.Equal(new ModelPart("word embeddings", 2, 30 * 6 + 16 * 6, 4 * (30 * 6 + 16 * 6)), summary.Parts[0]);
        // 4 × 16 × 4 weights, 3 × 4 + 16 biases of each head's matrices; norms of 32.
        Assert.Equal(8 * 4 * 4 * 16 + 8 * 3 * 4 + 3 * 16 + 3 * 32, summary.Parts.Single(p => p.Name == "attention, 3 layers").Parameters);
    }

    [Fact]
    public void A_student_takes_some_of_its_layers_and_its_classifier()
    {
        ModelDirectory source = ModelDirectory.Open(folder.Root);
        (BertClassifier student, _) = StudentFactory.FromLayers(source, [1, 2], 3, SmallBert.Init(), head: HeadKind.Bert, keepClassifier: true);
        using (student)
        {
            Assert.Equal([4, 3], Enumerable.Range(0, 2).Select(student.Config.HeadsOf));
            Assert.Equal([5, 1], Enumerable.Range(0, 2).Select(student.Config.IntermediateSizeOf));
            Assert.Equal(Weights(model, "bert.encoder.layer.2.output.dense.weight"), Weights(student, "bert.encoder.layer.1.output.dense.weight"));
            Assert.Equal(Weights(model, "classifier.weight"), Weights(student, "classifier.weight"));
        }
        (BertClassifier all, _) = StudentFactory.FromLayers(source, [0, 1, 2], 3, SmallBert.Init(), keepClassifier: true);
        using (all) Assert.Equal(PrunedBert.Logits(model), PrunedBert.Logits(all));
    }

    [Fact]
    public void A_classifier_that_is_not_there_cannot_be_kept()
    {
        ModelDirectory.Save(folder.File("bare"), ModelKind.Encoder, model.Config, model.NamedParameters().Where(p => !p.Name.StartsWith("classifier.", StringComparison.Ordinal)));
        var error = Assert.Throws<DecantException>(() => StudentFactory.FromLayers(ModelDirectory.Open(folder.File("bare")), [0], 3, SmallBert.Init(), keepClassifier: true));
        Assert.Contains("has no classifier to keep", error.Message);
    }

    [Fact]
    public void A_masked_language_model_decodes_with_both_factors()
    {
        using var lm = new BertMaskedLm(PrunedBert.Uneven, SmallBert.Init());
        using var scope = new TensorScope();
        Tensor logits = lm.Forward(PrunedBert.Input(), OutputRequest.LogitsOnly).Logits;
        Assert.Equal([2, 5, 30], logits.Shape);
        ModelDirectory.Save(folder.File("lm"), ModelKind.MaskedLm, PrunedBert.Uneven, lm.NamedParameters());
        using BertMaskedLm again = BertLoader.LoadMaskedLm(ModelDirectory.Open(folder.File("lm")));
        Assert.Equal(logits.ToArray<float>(), again.Forward(PrunedBert.Input(), OutputRequest.LogitsOnly).Logits.ToArray<float>());
    }

    private static float[] Weights(BertClassifier of, string name) => of.NamedParameters().Single(p => p.Name == name).Tensor.ToArray<float>();
}
