using System.Text.Json.Nodes;
using Decant.Export.Checks;
using Decant.Export.Running;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Torch;
using static Decant.Export.Tests.Peers.PeerValues;

namespace Decant.Export.Tests.Peers;

/// <summary>Exported files in ONNX Runtime: the same answers as the model's, for every head and precision.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<ModelKind, int, ProblemType?> Heads => new()
    {
        { ModelKind.SequenceClassification, 3, ProblemType.SingleLabel },
        { ModelKind.SequenceClassification, 2, ProblemType.MultiLabel },
        { ModelKind.SequenceClassification, 1, ProblemType.Regression },
        { ModelKind.MultipleChoice, 1, null },
        { ModelKind.FastBert, 3, null },
        { ModelKind.MaskedLm, 0, null },
        { ModelKind.Encoder, 0, null },
    };

    [SkippableTheory, MemberData(nameof(Heads))]
    public void Every_head_says_what_the_model_says(ModelKind kind, int outputs, ProblemType? problem)
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), kind, outputs, problem)));
        var check = new ExportCheck(model, TinyModels.Tokenizer);
        ExportPrecision[] precisions = Enum.GetValues<ExportPrecision>();
        string[] files = [.. precisions.Select(p => OnnxExporter.Export(model, folder.File(OnnxExporter.FileName(p)), new() { Precision = p }, check).Path)];
        int choices = kind == ModelKind.MultipleChoice ? 2 : 1;
        using var scope = new TensorScope();
        ModelInput[] batches = [Batch(Rows), Batch([Rows[2], Rows[2]])];
        JsonNode results = NodePeer.Run("onnxruntime.mjs", "onnxruntime-node", folder, Job(files, batches, choices));
        for (int f = 0; f < files.Length; f++)
        {
            Assert.Equal("input_ids,attention_mask,token_type_ids", string.Join(",", results[f]!["inputNames"]!.AsArray()));
            using OnnxRunner runner = OnnxRunner.Open(files[f]);
            for (int b = 0; b < batches.Length; b++)
            {
                IReadOnlyDictionary<string, Tensor> read = runner.Run(OnnxInputs.Of(batches[b], choices, runner.Model));
                foreach ((string name, Tensor expected) in model.Forward(batches[b]))
                {
                    JsonNode output = results[f]!["batches"]![b]![name]!;
                    float[] given = Floats(output["data"]);
                    Assert.Equal("float32", output["type"]!.GetValue<string>());
                    Assert.Equal(read[name].Shape, output["dims"]!.AsArray().Select(v => v!.GetValue<long>()));
                    AssertNear(expected.ToArray<float>(), given, precisions[f] switch { ExportPrecision.Float32 => 2e-5, ExportPrecision.Float16 => 0.01, _ => 0.25 }, $"{files[f]} {name} and the model");
                    // Our reading of the file is the runtime's, but for the last bits of sums, which may tip a rounding.
                    AssertNear(read[name].ToArray<float>(), given, precisions[f] switch { ExportPrecision.Float32 => 2e-5, ExportPrecision.Float16 => 0.01, _ => 0.05 }, $"{files[f]} {name} and our reading of it");
                }
            }
        }
    }

    [SkippableFact]
    public void The_runtime_finds_the_forms_that_it_fuses()
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification)));
        var check = new ExportCheck(model, TinyModels.Tokenizer);
        string single = OnnxExporter.Export(model, folder.File("model.onnx"), new(), check).Path;
        string eight = OnnxExporter.Export(model, folder.File("model_quantized.onnx"), new() { Precision = ExportPrecision.Int8 }, check).Path;
        NodePeer.Run("onnxruntime.mjs", "onnxruntime-node", folder, new JsonObject
        {
            ["models"] = new JsonArray(
                new JsonObject { ["path"] = single, ["feeds"] = new JsonArray(), ["optimized"] = folder.File("single.onnx") },
                new JsonObject { ["path"] = eight, ["feeds"] = new JsonArray(), ["optimized"] = folder.File("eight.onnx") }),
        });
        string Text(string file) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.File(file)));
        Assert.All(["SkipLayerNormalization", "BiasGelu", "FusedMatMul"], op => Assert.Contains(op, Text("single.onnx")));
        Assert.All(["SkipLayerNormalization", "DynamicQuantizeMatMul", "MatMulIntegerToFloat"], op => Assert.Contains(op, Text("eight.onnx")));
    }

    [SkippableFact]
    public void A_FastBERT_leaves_early_in_the_runtime_where_it_does_here()
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), ModelKind.FastBert, config: TinyModels.Config with { Layers = 4 })));
        // Deeper layers are surer, as in a trained model.
        using (GradMode.Off())
            for (int layer = 0; layer < 4; layer++) model.Parameters[$"branches.{layer}.classifier.weight"].ScaleInPlace(layer + 0.5);
        OnnxExporter.ExportSteps(model, folder.File("steps"), new(), new ExportCheck(model, TinyModels.Tokenizer));
        using var adaptive = new AdaptiveClassifier((FastBertClassifier)model.Network!);
        using var scope = new TensorScope();
        ModelInput input = Batch([.. Rows, [2, 5, 6, 3], [2, 33, 34, 35, 36, 37, 3], [2, 44, 3]]);
        // Speeds between the uncertainties that occur, so that rows leave after different layers and no rounding decides.
        float[] branches = model.Forward(input)[1].Tensor.ToArray<float>();
        double[] occurring = [.. branches.Chunk(3).Select(logits => Uncertainty.Of(logits)).Order()];
        double[] speeds = [0, .. Enumerable.Range(0, occurring.Length / 4).Select(i => (occurring[4 * i] + occurring[4 * i + 1]) / 2), 1];
        JsonNode results = NodePeer.Run("fastbert.mjs", "onnxruntime-node", folder, new JsonObject
        {
            ["steps"] = folder.File("steps"), ["layers"] = 4, ["speeds"] = new JsonArray([.. speeds.Select(s => (JsonNode)s)]),
            ["rows"] = input.Batch, ["tokens"] = input.Tokens,
            ["input_ids"] = Numbers(input.InputIds), ["token_type_ids"] = Numbers(input.TokenTypeIds), ["attention_mask"] = Numbers(input.AttentionMask!),
        });
        var seen = new HashSet<int>();
        for (int s = 0; s < speeds.Length; s++)
        {
            AdaptiveResult expected = adaptive.Predict(input, speeds[s]);
            Assert.Equal(expected.ExitLayers, results[s]!["exitLayers"]!.AsArray().Select(v => v!.GetValue<int>()));
            AssertNear(expected.Logits, Floats(results[s]!["logits"]), 2e-5, $"logits at speed {speeds[s]}");
            AssertNear(expected.Uncertainty, Floats(results[s]!["uncertainty"]), 2e-5, $"uncertainty at speed {speeds[s]}");
            seen.UnionWith(expected.ExitLayers);
        }
        Assert.True(seen.Count >= 3, $"the rows must leave after different layers, or the test tells nothing; they left after {string.Join(", ", seen.Order())}");
    }

    private static JsonObject Job(string[] files, ModelInput[] batches, int choices)
    {
        JsonArray Feeds(string file)
        {
            using OnnxRunner runner = OnnxRunner.Open(file);
            return [.. batches.Select(batch => (JsonNode)new JsonObject(OnnxInputs.Of(batch, choices, runner.Model).Select(input => KeyValuePair.Create(input.Key, (JsonNode?)new JsonObject
            {
                ["dims"] = new JsonArray([.. input.Value.Shape.Select(size => (JsonNode)size)]),
                ["data"] = new JsonArray([.. input.Value.ToArray<long>().Select(id => (JsonNode)id)]),
            }))))];
        }
        return new JsonObject { ["models"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject { ["path"] = file, ["feeds"] = Feeds(file) })]) };
    }
}
