using System.Text.Json.Nodes;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Models.Inspection;
using Decant.Models.Tests.Checkpoints;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Models.Tests.FastBert;

[Collection(LiveTensorCounting.Name)]
public sealed class FastBertLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ModelDirectory Save(FastBertClassifier model, ModelLabels? labels = null)
    {
        ModelDirectory.Save(_folder.Root, ModelKind.FastBert, model.Config, model.NamedParameters(), labels, branches: model.Shape);
        return ModelDirectory.Open(_folder.Root);
    }

    private void Edit(Action<JsonObject> edit)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(_folder.File("config.json")))!.AsObject();
        edit(config);
        File.WriteAllText(_folder.File("config.json"), config.ToJsonString());
    }

    private static void AssertSame(IEnumerable<(string Name, Tensor Tensor)> expected, IEnumerable<(string Name, Tensor Tensor)> actual) =>
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.Name, pair.Second.Name);
            Assert.Equal(pair.First.Tensor.ToArray<float>(), pair.Second.Tensor.ToArray<float>());
        });

    [Fact]
    public void A_saved_model_comes_back_whole()
    {
        using FastBertClassifier saved = SmallFastBert.Model();
        ModelDirectory directory = Save(saved, new ModelLabels(["a", "b", "c"]));
        Assert.Equal((ModelKind.FastBert, new BranchShape(8, 2)), (directory.Kind, directory.Branches));
        using FastBertClassifier loaded = FastBertLoader.Load(directory);
        Assert.Equal((3, new BranchShape(8, 2)), (loaded.Outputs, loaded.Shape));
        Assert.Equal(saved.NamedParameters().Count(), loaded.NamedParameters().Count());
        AssertSame(saved.NamedParameters(), loaded.NamedParameters());
    }

    [Fact]
    public void The_configuration_says_that_it_is_a_FastBERT()
    {
        using FastBertClassifier saved = SmallFastBert.Model();
        Save(saved, new ModelLabels(["a", "b", "c"]));
        JsonObject config = JsonNode.Parse(File.ReadAllText(_folder.File("config.json")))!.AsObject();
        Assert.Equal("FastBertForSequenceClassification", config["architectures"]![0]!.GetValue<string>());
        Assert.Equal("fastbert", config["model_type"]!.GetValue<string>());
        Assert.Equal((8, 2), (config["fastbert_classifier_size"]!.GetValue<int>(), config["fastbert_classifier_heads"]!.GetValue<int>()));
        Assert.Equal("b", config["id2label"]!["1"]!.GetValue<string>());
    }

    [Fact]
    public void A_normalisation_of_its_own_is_kept()
    {
        using var saved = new FastBertClassifier(SmallFastBert.Config with { LayerNorm = LayerNormKind.Unbiased }, new BranchShape(8, 2), 2, Initializer.Empty);
        Assert.Equal(LayerNormKind.Unbiased, Save(saved).Config.LayerNorm);
        Assert.Contains("\"decant_layer_norm\": \"unbiased\"", File.ReadAllText(_folder.File("config.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_from_a_fine_tuned_classifier_with_new_branches()
    {
        using BertClassifier source = SmallBert.Classifier(outputs: 4);
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, source.Config, source.NamedParameters());
        var (model, report) = FastBertLoader.Start(ModelDirectory.Open(_folder.Root), null, new BranchShape(8, 2), 4, SmallBert.Init(5));
        using (model)
        {
            AssertSame(source.Encoder.NamedParameters().Where(p => !p.Name.StartsWith("pooler", StringComparison.Ordinal)), model.Encoder.NamedParameters());
            Assert.Equal(model.Branches.SelectMany(b => b.NamedParameters()).Count(), report.Missing.Count);
            Assert.All(report.Missing, name => Assert.StartsWith("branches.", name, StringComparison.Ordinal));
            float[] narrow = model.Branches[0].NamedParameters().First().Tensor.ToArray<float>();
            Assert.InRange(narrow.Max(), 0.8 / Math.Sqrt(8), 1 / Math.Sqrt(8));
            Assert.InRange(narrow.Min(), -1 / Math.Sqrt(8), -0.8 / Math.Sqrt(8));
        }
    }

    [Fact]
    public void It_starts_from_layers_of_a_FastBERT_with_their_branches()
    {
        using FastBertClassifier source = SmallFastBert.Model();
        ModelDirectory directory = Save(source);
        var (model, report) = FastBertLoader.Start(directory, [1, 3], source.Shape, 3, SmallBert.Init(5), dropout: 0.3);
        using (model)
        {
            Assert.Empty(report.Missing);
            Assert.Equal((2, 0.3), (model.Layers, model.Config.HiddenDropout));
            AssertSame(source.Branches[3].NamedParameters(), model.Branches[1].NamedParameters());
        }
        // Classifiers of another size, or for other classes, are new.
        foreach ((BranchShape shape, int outputs) in new[] { (new BranchShape(4, 2), 3), (source.Shape, 2) })
        {
            var (other, news) = FastBertLoader.Start(directory, [1, 3], shape, outputs, SmallBert.Init(5));
            using (other) Assert.Equal(2 * 14, news.Missing.Count);
        }
    }

    [Fact]
    public void What_is_no_FastBERT_is_refused_and_what_is_one_is_no_plain_classifier()
    {
        using BertClassifier plain = SmallBert.Classifier();
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, plain.Config, plain.NamedParameters());
        var error = Assert.Throws<DecantException>(() => FastBertLoader.Load(ModelDirectory.Open(_folder.Root)));
        Assert.Equal($"{_folder.Root} is no FastBERT: it has no classifier on each layer. Train one from it with a recipe that has student.fastBert.", error.Message);
        using FastBertClassifier fast = SmallFastBert.Model();
        error = Assert.Throws<DecantException>(() => BertLoader.LoadClassifier(Save(fast)));
        Assert.Equal($"{_folder.Root} is a FastBERT, whose layers each have a classifier; a plain classifier is wanted here. Train one, or name another model.", error.Message);
    }

    [Fact]
    public void Damage_is_told_and_frees_the_model()
    {
        using FastBertClassifier saved = SmallFastBert.Model();
        ModelDirectory.Save(_folder.Root, ModelKind.FastBert, saved.Config, saved.NamedParameters().Where(p => p.Name != "branches.2.narrow.bias"), branches: saved.Shape);
        long before = TorchRuntime.LiveTensors;
        string Message() => Assert.Throws<DecantException>(() => FastBertLoader.Load(ModelDirectory.Open(_folder.Root))).Message;
        Assert.Contains("lacks 1 of the model's", Message(), StringComparison.Ordinal);
        Edit(c => c["fastbert_classifier_size"] = 10);
        Assert.Contains("'branches.0.narrow.weight' should be [10, 16] and is [8, 16]", Message(), StringComparison.Ordinal);
        Edit(c => c["fastbert_classifier_heads"] = 3);
        Assert.EndsWith("fastbert_classifier_size 10 is not a multiple of fastbert_classifier_heads 3.", Message(), StringComparison.Ordinal);
        Edit(c => c["fastbert_classifier_heads"] = 0);
        Assert.EndsWith("fastbert_classifier_size 10 and fastbert_classifier_heads 0 must be 1 or more.", Message(), StringComparison.Ordinal);
        Edit(c => c["fastbert_classifier_size"] = "wide");
        Assert.EndsWith("fastbert_classifier_size is wide; it must be a whole number.", Message(), StringComparison.Ordinal);
        Edit(c => (c["fastbert_classifier_size"], c["fastbert_classifier_heads"], c["num_hidden_layers"]) = (8, 2, 6));
        Assert.Contains("has no 'branches.5.classifier.weight', the classifier of the last layer.", Message(), StringComparison.Ordinal);
        Edit(c => (c["num_hidden_layers"], c["id2label"]) = (5, new JsonObject { ["0"] = "x" }));
        Assert.EndsWith("config.json names 1 labels, and the classifiers have 3 outputs.", Message(), StringComparison.Ordinal);
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void An_inspection_counts_the_branches()
    {
        using FastBertClassifier saved = SmallFastBert.Model();
        Save(saved);
        ModelSummary summary = ModelSummary.Of(_folder.Root);
        Assert.Equal(saved.ParameterCount, summary.Parameters);
        Assert.Equal(saved.Branches.Sum(b => b.ParameterCount), summary.Parts.Single(p => p.Name == "branch classifiers").Parameters);
    }
}
