using System.Text;
using System.Text.Json.Nodes;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Tests.Checkpoints;

[Collection(LiveTensorCounting.Name)]
public sealed class ModelDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private JsonObject SavedConfig => JsonNode.Parse(File.ReadAllText(_folder.File("config.json")))!.AsObject();

    private SortedDictionary<string, string> SavedShapes()
    {
        using var file = SafetensorsFile.Open(_folder.File("model.safetensors"));
        Assert.Equal("pt", file.Metadata["format"]);
        return new(file.Names.ToDictionary(n => n, n => string.Join(",", file.Get(n).Shape.ToArray())), StringComparer.Ordinal);
    }

    private string WriteConfig(string json)
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(json));
        return _folder.Root;
    }

    [Fact]
    public void A_regression_says_that_it_has_one_output()
    {
        // transformers takes a classifier without id2label for one of two classes, and refuses the weights.
        using var model = SmallBert.Classifier(outputs: 1);
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, model.Config, model.NamedParameters(), problemType: ProblemType.Regression);
        Assert.Equal("""{"0":"LABEL_0"}""", SavedConfig["id2label"]!.ToJsonString());
        Assert.Null(ModelDirectory.Open(_folder.Root).Labels);
    }

    [Fact]
    public void A_classifier_has_the_names_and_shapes_that_transformers_expects()
    {
        using var model = SmallBert.Classifier(outputs: 3);
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, model.Config, model.NamedParameters());
        Assert.Equal(HfShapes.SequenceClassification(SmallBert.Config, 3), SavedShapes());
    }

    [Fact]
    public void A_multiple_choice_model_has_the_names_and_shapes_that_transformers_expects()
    {
        using var model = SmallBert.Classifier(outputs: 1);
        ModelDirectory.Save(_folder.Root, ModelKind.MultipleChoice, model.Config, model.NamedParameters());
        Assert.Equal(HfShapes.MultipleChoice(SmallBert.Config), SavedShapes());
        Assert.Equal("BertForMultipleChoice", SavedConfig["architectures"]![0]!.GetValue<string>());
    }

    [Fact]
    public void A_masked_lm_has_the_names_and_shapes_that_transformers_expects()
    {
        using var model = new BertMaskedLm(SmallBert.Config, SmallBert.Init());
        ModelDirectory.Save(_folder.Root, ModelKind.MaskedLm, SmallBert.Config, model.NamedParameters());
        Assert.Equal(HfShapes.MaskedLm(SmallBert.Config), SavedShapes());
        Assert.Equal("BertForMaskedLM", SavedConfig["architectures"]![0]!.GetValue<string>());
    }

    [SkippableFact]
    public void The_expected_names_are_those_of_models_that_transformers_wrote()
    {
        BertConfig config = BertConfig.Load(TestPaths.Require(TestPaths.Goldens, "checkpoints/config.json"));
        using var file = SafetensorsFile.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints/model.safetensors"));
        Assert.Equal(HfShapes.SequenceClassification(config, 3).Select(p => $"{p.Key} {p.Value}"),
            file.Names.Where(n => n != "bert.embeddings.position_ids").Order(StringComparer.Ordinal).Select(n => $"{n} {string.Join(",", file.Get(n).Shape.ToArray())}"));
    }

    [Fact]
    public void The_configuration_has_the_fields_of_transformers()
    {
        using var model = SmallBert.Classifier(outputs: 2);
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, model.Config, model.NamedParameters(), new ModelLabels(["negative", "positive"]), ProblemType.SingleLabel);
        Assert.Equal("""
            {
              "architectures": [
                "BertForSequenceClassification"
              ],
              "model_type": "bert",
              "vocab_size": 11,
              "hidden_size": 8,
              "num_hidden_layers": 2,
              "num_attention_heads": 2,
              "intermediate_size": 12,
              "hidden_act": "gelu",
              "hidden_dropout_prob": 0.1,
              "attention_probs_dropout_prob": 0.1,
              "max_position_embeddings": 6,
              "type_vocab_size": 2,
              "initializer_range": 0.02,
              "layer_norm_eps": 1E-12,
              "pad_token_id": 0,
              "position_embedding_type": "absolute",
              "torch_dtype": "float32",
              "id2label": {
                "0": "negative",
                "1": "positive"
              },
              "label2id": {
                "negative": 0,
                "positive": 1
              },
              "problem_type": "single_label_classification"
            }

            """, File.ReadAllText(_folder.File("config.json")));
    }

    [Fact]
    public void What_was_saved_is_read_back()
    {
        using var model = SmallBert.Classifier(outputs: 2);
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, model.Config, model.NamedParameters(), new ModelLabels(["ä", "日本"]), ProblemType.MultiLabel, HeadKind.Relu);
        ModelDirectory directory = ModelDirectory.Open(_folder.Root);
        Assert.Equal(ModelKind.SequenceClassification, directory.Kind);
        Assert.Equal(["ä", "日本"], directory.Labels!.Names);
        Assert.Equal(ProblemType.MultiLabel, directory.ProblemType);
        Assert.Equal(HeadKind.Relu, directory.Head);
        Assert.Equal(SmallBert.Config, directory.Config with { Other = null });
        using ICheckpoint weights = directory.OpenWeights();
        foreach (var (name, tensor) in model.NamedParameters())
            Assert.Equal(tensor.ToArray<float>(), weights.Get(name).ToSingles());
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes_and_leaks_nothing()
    {
        using var model = SmallBert.Classifier();
        long before = TorchRuntime.LiveTensors;
        ModelDirectory.Save(_folder.File("a"), ModelKind.SequenceClassification, model.Config, model.NamedParameters());
        ModelDirectory.Save(_folder.File("b"), ModelKind.SequenceClassification, model.Config, model.NamedParameters().Reverse());
        Assert.Equal(before, TorchRuntime.LiveTensors);
        foreach (string name in (string[])["config.json", "model.safetensors"])
            Assert.Equal(File.ReadAllBytes(_folder.File($"a/{name}")), File.ReadAllBytes(_folder.File($"b/{name}")));
    }

    [Fact]
    public void Unknown_fields_are_kept_and_the_labels_of_an_earlier_task_are_not()
    {
        BertConfig config = ModelDirectory.Open(WriteConfig("""
            {"model_type":"bert","architectures":["BertForPreTraining"],"hidden_size":8,"num_attention_heads":2,"vocab_size":11,"num_hidden_layers":2,"intermediate_size":12,
             "max_position_embeddings":6,"gradient_checkpointing":false,"my_field":{"a":[1,2]},"id2label":{"0":"old"},"label2id":{"old":0},"problem_type":"regression","num_labels":1}
            """)).Config;
        using var model = new BertClassifier(config, 2, SmallBert.Init());
        ModelDirectory.Save(_folder.Root, ModelKind.SequenceClassification, config, model.NamedParameters(), new ModelLabels(["x", "y"]));
        JsonObject saved = SavedConfig;
        Assert.Equal("""{"a":[1,2]}""", saved["my_field"]!.ToJsonString());
        Assert.False(saved["gradient_checkpointing"]!.GetValue<bool>());
        Assert.Equal("""["BertForSequenceClassification"]""", saved["architectures"]!.ToJsonString());
        Assert.Equal("""{"0":"x","1":"y"}""", saved["id2label"]!.ToJsonString());
        Assert.False(saved.ContainsKey("problem_type"));
        Assert.False(saved.ContainsKey("num_labels"));
    }

    [SkippableFact]
    public void A_directory_written_by_transformers_is_opened()
    {
        ModelDirectory directory = ModelDirectory.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints"));
        Assert.Equal(ModelKind.SequenceClassification, directory.Kind);
        Assert.Equal(["contradiction", "entailment", "neutral"], directory.Labels!.Names);
        Assert.Null(directory.ProblemType);
        Assert.Equal(HeadKind.Bert, directory.Head);
    }

    [Theory]
    [InlineData("""{"model_type":"bert","problem_type":"ranking"}""", "problem_type 'ranking' is not known")]
    [InlineData("""{"model_type":"bert","decant_classifier_head":"tanh"}""", "decant_classifier_head 'tanh' is not known")]
    [InlineData("""{"model_type":"roberta"}""", "model_type 'roberta' is not supported")]
    [InlineData("""{"model_type":"bert","id2label":{"1":"a"}}""", "id2label must give a name to each output from 0 to 0")]
    [InlineData("""{"hidden_size":"x"}""", "is not a model configuration")]
    [InlineData("""not json""", "is not a model configuration")]
    public void A_wrong_configuration_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<DecantException>(() => ModelDirectory.Open(WriteConfig(json))).Message);

    [Fact]
    public void A_missing_directory_or_configuration_is_named()
    {
        Assert.Contains("is not a directory", Assert.Throws<DecantException>(() => ModelDirectory.Open(_folder.File("x"))).Message);
        Assert.Contains("config.json does not exist", Assert.Throws<DecantException>(() => ModelDirectory.Open(_folder.Root)).Message);
    }
}
