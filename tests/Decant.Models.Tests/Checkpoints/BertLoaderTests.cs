using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Tests.Checkpoints;

[Collection(LiveTensorCounting.Name)]
public sealed class BertLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ModelDirectory Save(BertClassifier model, ModelKind kind = ModelKind.SequenceClassification, ModelLabels? labels = null)
    {
        ModelDirectory.Save(_folder.Root, kind, model.Config, model.NamedParameters(), labels, head: model.Head);
        return ModelDirectory.Open(_folder.Root);
    }

    private static void AssertSame(IEnumerable<(string Name, Tensor Tensor)> expected, IEnumerable<(string Name, Tensor Tensor)> actual)
    {
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e.Name, a.Name);
            Assert.Equal(e.Tensor.ToArray<float>(), a.Tensor.ToArray<float>());
        }
    }

    [Fact]
    public void A_saved_classifier_comes_back_whole()
    {
        using var saved = new BertClassifier(SmallBert.Config, 3, SmallBert.Init(), HeadKind.Relu);
        using BertClassifier loaded = BertLoader.LoadClassifier(Save(saved));
        Assert.Equal((3, HeadKind.Relu), (loaded.Outputs, loaded.Head));
        AssertSame(saved.NamedParameters(), loaded.NamedParameters());
    }

    [SkippableTheory]
    [InlineData("zip.bin")]
    [InlineData("legacy.bin")]
    [InlineData("gamma_beta.bin")]
    [InlineData("nested.bin")]
    public void A_directory_with_a_pytorch_checkpoint_comes_back_the_same_as_safetensors(string file)
    {
        string golden = TestPaths.Require(TestPaths.Goldens, "checkpoints");
        File.Copy(Path.Combine(golden, "config.json"), _folder.File("config.json"));
        File.Copy(Path.Combine(golden, file), _folder.File("pytorch_model.bin"));
        using BertClassifier expected = BertLoader.LoadClassifier(ModelDirectory.Open(golden));
        using BertClassifier actual = BertLoader.LoadClassifier(ModelDirectory.Open(_folder.Root));
        AssertSame(expected.NamedParameters(), actual.NamedParameters());
    }

    [Fact]
    public void A_masked_lm_comes_back_whole_and_starts_a_classifier()
    {
        using var saved = new BertMaskedLm(SmallBert.Config, SmallBert.Init());
        ModelDirectory.Save(_folder.Root, ModelKind.MaskedLm, SmallBert.Config, saved.NamedParameters());
        ModelDirectory directory = ModelDirectory.Open(_folder.Root);
        using BertMaskedLm loaded = BertLoader.LoadMaskedLm(directory);
        AssertSame(saved.NamedParameters(), loaded.NamedParameters());

        var (classifier, report) = BertLoader.StartClassifier(directory, 2, SmallBert.Init(5));
        using (classifier)
        {
            Assert.Equal(["bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias"], report.Missing);
            AssertSame(saved.Encoder.NamedParameters(), classifier.Encoder.NamedParameters());
        }
        Assert.Contains("has no classifier: it was not fine-tuned yet", Assert.Throws<DecantException>(() => BertLoader.LoadClassifier(directory)).Message);
    }

    [Fact]
    public void A_new_classifier_takes_the_pooler_and_leaves_the_old_classifier()
    {
        using BertClassifier saved = SmallBert.Classifier(outputs: 3);
        var (classifier, report) = BertLoader.StartClassifier(Save(saved), 5, SmallBert.Init(5));
        using (classifier)
        {
            Assert.Equal(["classifier.weight", "classifier.bias"], report.Missing);
            Assert.Equal(5, classifier.Outputs);
            AssertSame(saved.Encoder.NamedParameters(), classifier.Encoder.NamedParameters());
        }
    }

    [Fact]
    public void Labels_and_outputs_must_agree_except_for_multiple_choice()
    {
        using BertClassifier saved = SmallBert.Classifier(outputs: 1);
        var labels = new ModelLabels(["a", "b"]);
        using (BertLoader.LoadClassifier(Save(saved, ModelKind.MultipleChoice, labels))) { }
        Assert.Contains("config.json names 2 labels, and the classifier has 1 outputs",
            Assert.Throws<DecantException>(() => BertLoader.LoadClassifier(Save(saved, labels: labels))).Message);
    }

    [Fact]
    public void A_failure_frees_the_model()
    {
        using BertClassifier saved = SmallBert.Classifier();
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, SmallBert.Config with { VocabSize = 12 }, saved.NamedParameters());
        long before = TorchRuntime.LiveTensors;
        ModelDirectory directory = ModelDirectory.Open(_folder.Root);
        var error = Assert.Throws<DecantException>(() => BertLoader.LoadClassifier(directory));
        Assert.Contains("'bert.embeddings.word_embeddings.weight' should be [12, 8] and is [11, 8]", error.Message);
        Assert.Throws<DecantException>(() => BertLoader.StartClassifier(directory, 2, SmallBert.Init()));
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [SkippableFact]
    public void The_pretrained_model_loads()
    {
        ModelDirectory directory = ModelDirectory.Open(TestPaths.Require(TestPaths.Models, "bert-12x192-uncased"));
        Assert.Equal(ModelKind.MaskedLm, directory.Kind);
        using BertMaskedLm model = BertLoader.LoadMaskedLm(directory);
        Assert.Equal(12, model.Layers);
        using ICheckpoint weights = directory.OpenWeights();
        Assert.Equal(weights.Names.Count, model.NamedParameters().Count());
    }
}
