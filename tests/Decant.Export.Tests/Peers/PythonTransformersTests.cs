using System.Text.Json.Nodes;
using Decant.Export.Checks;
using Decant.Export.HuggingFace;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Torch;
using static Decant.Export.Tests.Peers.PeerValues;

namespace Decant.Export.Tests.Peers;

/// <summary>Folders that Decant writes, in Python's transformers as they are, and folders that it writes, in Decant.</summary>
public sealed class PythonTransformersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Every_head_is_loaded_whole_and_says_what_the_model_says()
    {
        (ModelKind Kind, int Outputs, ProblemType? Problem)[] heads =
        [
            (ModelKind.SequenceClassification, 3, ProblemType.SingleLabel), (ModelKind.SequenceClassification, 2, ProblemType.MultiLabel),
            (ModelKind.SequenceClassification, 1, ProblemType.Regression), (ModelKind.MultipleChoice, 1, null),
            (ModelKind.MaskedLm, 0, null), (ModelKind.Encoder, 0, null),
        ];
        string[] folders = [.. heads.Select((head, i) => TinyModels.Save(folder.File($"m{i}"), head.Kind, head.Outputs, head.Problem))];
        using var scope = new TensorScope();
        ModelInput batch = Batch(Rows);
        JsonNode results = PythonPeer.Run("load_folders.py", folder, new JsonObject
        {
            ["models"] = new JsonArray([.. folders.Select((path, i) => (JsonNode)new JsonObject { ["folder"] = path, ["batches"] = new JsonArray(Feeds(batch, heads[i].Kind)) })]),
        });
        for (int i = 0; i < heads.Length; i++)
        {
            using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(folders[i]));
            JsonNode loaded = results["models"]![i]!;
            string what = $"{heads[i].Kind} {heads[i].Problem} in transformers {results["version"]}";
            Assert.Equal(ModelKinds.Name(heads[i].Kind), loaded["class"]!.GetValue<string>());
            Assert.All(loaded["report"]!.AsObject(), said => Assert.True(said.Value!.AsArray().Count == 0, $"{what}: {said.Key} are {said.Value}"));
            // A bare encoder's own names have no "bert." there; in a folder it is taken with or without.
            string prefix = heads[i].Kind == ModelKind.Encoder ? "bert." : "";
            Assert.Equal(
                model.Parameters.Select(p => $"{p.Key[prefix.Length..]} [{string.Join(", ", p.Value.Shape)}]").Order(StringComparer.Ordinal),
                loaded["parameters"]!.AsObject().Select(p => $"{p.Key} [{string.Join(", ", p.Value!.AsArray())}]").Order(StringComparer.Ordinal));
            foreach ((string name, Tensor expected) in model.Forward(batch))
                AssertNear(expected.ToArray<float>(), Floats(loaded["outputs"]![0]![name]), 2e-5, $"{what}: {name}");
        }
        Assert.Equal(["single_label_classification", "multi_label_classification", "regression"], results["models"]!.AsArray().Take(3).Select(m => m!["problem"]!.GetValue<string>()));
        Assert.Equal(["bad", "good", "so \"so\""], results["models"]![0]!["labels"]!.AsArray().Select(l => l!.GetValue<string>()));
    }

    [SkippableFact]
    public void An_exported_folder_gives_the_same_tokens_labels_and_probabilities()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, 3, ProblemType.SingleLabel);
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        HuggingFaceExport.Write(model, TinyModels.Tokenizer, folder.File("out"), [], new ExportCheck(model, TinyModels.Tokenizer));
        (string Text, string? Pair)[] texts =
        [
            ("The film!", null), ("good, bad and an ugly?", "no"), ("a", null), ("Ünïcode film.", null), ("", null),
            (string.Join(' ', Enumerable.Repeat("long film", 30)), null), (string.Join(' ', Enumerable.Repeat("long", 20)), string.Join(' ', Enumerable.Repeat("film", 50))),
        ];
        JsonNode result = PythonPeer.Run("load_folders.py", folder, new JsonObject
        {
            ["texts"] = new JsonObject { ["folder"] = folder.File("out"), ["texts"] = new JsonArray([.. texts.Select(t => (JsonNode)new JsonArray(t.Text, t.Pair))]) },
        })["texts"]!;
        Assert.Equal(TinyModels.Config.MaxPositions, result["maxLength"]!.GetValue<int>());
        for (int i = 0; i < texts.Length; i++)
        {
            using var scope = new TensorScope();
            Encoding encoding = TinyModels.Tokenizer.Encode(texts[i].Text, texts[i].Pair, new EncodeOptions { MaxLength = TinyModels.Config.MaxPositions });
            Assert.Equal(encoding.Ids, result["ids"]![i]!.AsArray().Select(id => id!.GetValue<int>()));
            Assert.Equal(encoding.TypeIds, result["types"]![i]!.AsArray().Select(id => id!.GetValue<int>()));
            float[] expected = model.Forward(ModelInput.Create(encoding.Ids, encoding.TypeIds, [encoding.Ids.Length]))[0].Tensor.Softmax().ToArray<float>();
            JsonNode given = result["labels"]![i]!;
            string[] labels = ["bad", "good", "so \"so\""];
            for (int label = 0; label < labels.Length; label++) Assert.Equal(expected[label], given[labels[label]]!.GetValue<double>(), 1e-5);
        }
    }

    [SkippableFact]
    public void What_Python_writes_is_read()
    {
        using var scope = new TensorScope();
        ModelInput batch = Batch(Rows);
        JsonNode saved = PythonPeer.Run("load_folders.py", folder, new JsonObject
        {
            ["save"] = new JsonObject { ["folder"] = folder.Root, ["vocabulary"] = 64, ["batches"] = new JsonArray(Feeds(batch, ModelKind.SequenceClassification)) },
        })["saved"]!;
        float[] expected = Floats(saved["outputs"]![0]!["logits"]);
        Assert.True(Directory.EnumerateFiles(folder.File("shards"), "*.safetensors").Count() > 1, "the second folder must be in shards");
        foreach (JsonNode? path in saved["folders"]!.AsArray())
        {
            using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(path!.GetValue<string>()));
            Assert.Equal(["bad", "good", "so"], model.Directory.Labels!.Names);
            AssertNear(expected, model.Forward(batch)[0].Tensor.ToArray<float>(), 2e-5, path.GetValue<string>());
        }
    }

    private static JsonNode Feeds(ModelInput batch, ModelKind kind)
    {
        // Multiple choice takes [batch, choices, tokens]; two rows here are the choices of one question.
        long[] shape = kind == ModelKind.MultipleChoice ? [batch.Batch / 2, 2, batch.Tokens] : [batch.Batch, batch.Tokens];
        JsonNode Feed(Tensor tensor) => new JsonObject { ["dims"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]), ["data"] = Numbers(tensor) };
        return new JsonObject { ["input_ids"] = Feed(batch.InputIds), ["attention_mask"] = Feed(batch.AttentionMask!), ["token_type_ids"] = Feed(batch.TokenTypeIds) };
    }
}
