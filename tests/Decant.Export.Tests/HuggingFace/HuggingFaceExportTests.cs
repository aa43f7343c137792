using System.Text.Json.Nodes;
using Decant.Export.Checks;
using Decant.Export.HuggingFace;
using Decant.Export.Tests.Peers;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Export.Tests.HuggingFace;

public sealed class HuggingFaceExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Saved(ModelKind kind = ModelKind.SequenceClassification) => TinyModels.Save(folder.File("m"), kind, 3, ProblemType.SingleLabel);

    private IReadOnlyList<ExportedFile> Export(string saved, bool overwrite = false, params OnnxExportOptions[] files)
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        return HuggingFaceExport.Write(model, TinyModels.Tokenizer, folder.File("out"), files, new ExportCheck(model, TinyModels.Tokenizer), overwrite);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(folder.File("out"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.File("out"), f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_folder_holds_what_others_look_for()
    {
        IReadOnlyList<ExportedFile> exported = Export(Saved(), false, new() { Precision = ExportPrecision.Int8 }, new() { Precision = ExportPrecision.Float16 });
        Assert.Equal(
        [
            "README.md", "config.json", "model.safetensors", "onnx/model.onnx", "onnx/model_fp16.onnx", "onnx/model_quantized.onnx",
            "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
        ], Files());
        Assert.Equal(Enum.GetValues<ExportPrecision>(), exported.Select(f => f.Precision));
        Assert.All(exported, file => Assert.Equal(new FileInfo(file.Path).Length, file.Bytes));
        JsonNode config = JsonNode.Parse(File.ReadAllText(folder.File("out/config.json")))!;
        Assert.Equal("good", config["id2label"]!["1"]!.GetValue<string>());
        // Texts beyond the position table would break every reader that does not know where it ends.
        Assert.Equal(96, JsonNode.Parse(File.ReadAllText(folder.File("out/tokenizer_config.json")))!["model_max_length"]!.GetValue<int>());
    }

    [Fact]
    public void The_folder_is_a_model_like_the_one_it_came_from()
    {
        string saved = Saved();
        Export(saved);
        using var before = Torch.Serialization.SafetensorsFile.Open(Path.Combine(saved, "model.safetensors"));
        using var after = Torch.Serialization.SafetensorsFile.Open(folder.File("out/model.safetensors"));
        Assert.Equal(before.Names.Order(), after.Names.Order());
        Assert.All(before.Names, name => Assert.True(before.Get(name).Bytes.SequenceEqual(after.Get(name).Bytes), name));
    }

    [Fact]
    public void The_card_tells_sizes_and_differences()
    {
        Export(Saved(), false, new OnnxExportOptions { Precision = ExportPrecision.Int8 });
        string card = File.ReadAllText(folder.File("out/README.md"));
        Assert.StartsWith("---\nlibrary_name: transformers\npipeline_tag: text-classification\n", card);
        Assert.Contains("in the order of its outputs: `bad`, `good`, `so \"so\"`.", card);
        Assert.Contains("| model\\_quantized.onnx |", card);
        Assert.Contains("over 24 examples (built-in sentences)", card);
        Assert.Contains("import { pipeline, env } from '@huggingface/transformers';", card);
    }

    [Fact]
    public void A_card_that_is_there_is_kept_and_gets_one_section()
    {
        string saved = Saved();
        File.WriteAllText(Path.Combine(saved, "README.md"), "---\nlicense: mit\n---\n\n# Mine\n\n## ONNX files\n\noutdated\n\n## Citation\n\nme\n");
        Export(saved);
        string card = File.ReadAllText(folder.File("out/README.md"));
        Assert.StartsWith("---\nlicense: mit\n---\n\n# Mine\n\n## Citation\n\nme\n\n## ONNX files\n", card);
        Assert.DoesNotContain("outdated", card);
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone_unless_asked()
    {
        string saved = Saved();
        folder.Write("out/notes.txt", "mine");
        Assert.Equal($"{folder.File("out")} is not empty. Name another folder, or replace what is in it with --overwrite.", Assert.Throws<DecantException>(() => Export(saved)).Message);
        Assert.Equal(["notes.txt"], Files());
        Export(saved, overwrite: true);
        Assert.Contains("onnx/model.onnx", Files());
        Assert.Equal("mine", File.ReadAllText(folder.File("out/notes.txt")));
    }

    [Fact]
    public void A_file_that_does_not_pass_leaves_no_folder()
    {
        Assert.Throws<DecantException>(() => Export(Saved(), false, new OnnxExportOptions { Precision = ExportPrecision.Int8, Tolerance = 1e-9 }));
        Assert.Equal(["m"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_model_can_get_its_onnx_files_in_its_own_folder()
    {
        string saved = Saved();
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        HuggingFaceExport.Write(model, TinyModels.Tokenizer, saved, [], new ExportCheck(model, TinyModels.Tokenizer), overwrite: true);
        Assert.True(File.Exists(Path.Combine(saved, "onnx", "model.onnx")));
        using ExportableModel again = ExportableModel.Load(ModelDirectory.Open(saved));
        Assert.Equal(model.Parameters.Keys.Order(), again.Parameters.Keys.Order());
    }

    [SkippableTheory]
    [InlineData(ProblemType.SingleLabel)]
    [InlineData(null)]
    public void Transformers_for_JavaScript_gives_the_same_labels_and_probabilities(ProblemType? problem)
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, 3, problem);
        Export(saved);
        // Nothing longer than the model reads: @huggingface/transformers 4.3 cuts the last [SEP] off as well.
        (string Text, string? Pair)[] texts = [("The film!", null), ("good, bad and an ugly?", "no"), ("a", null), ("Ünïcode film.", null), (string.Join(' ', Enumerable.Repeat("long", 20)), null)];
        JsonNode results = NodePeer.Run("transformers.mjs", "@huggingface/transformers", folder, new JsonObject
        {
            ["folder"] = folder.File("out"), ["dtype"] = "fp32",
            ["texts"] = new JsonArray([.. texts.Select(t => (JsonNode)new JsonArray(t.Text, t.Pair))]),
        });
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        for (int i = 0; i < texts.Length; i++)
        {
            using var scope = new TensorScope();
            Encoding encoding = TinyModels.Tokenizer.Encode(texts[i].Text, texts[i].Pair, new EncodeOptions { MaxLength = TinyModels.Config.MaxPositions });
            float[] expected = model.Forward(ModelInput.Create(encoding.Ids, encoding.TypeIds, [encoding.Ids.Length]))[0].Tensor.Softmax().ToArray<float>();
            JsonObject given = results[i]!.AsObject();
            Assert.Equal(["bad", "good", "so \"so\""], given.Select(p => p.Key));
            for (int label = 0; label < 3; label++) Assert.Equal(expected[label], given.ElementAt(label).Value!.GetValue<double>(), 1e-4);
        }
    }
}
