using System.Collections.Immutable;
using Decant.Export.Checks;
using Decant.Export.Onnx;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Export.Tests;

public sealed class OnnxExporterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<ModelKind, int, ProblemType?, ExportPrecision> Heads
    {
        get
        {
            var data = new TheoryData<ModelKind, int, ProblemType?, ExportPrecision>();
            foreach (ExportPrecision precision in Enum.GetValues<ExportPrecision>())
            {
                data.Add(ModelKind.SequenceClassification, 3, ProblemType.SingleLabel, precision);
                data.Add(ModelKind.SequenceClassification, 2, ProblemType.MultiLabel, precision);
                data.Add(ModelKind.SequenceClassification, 1, ProblemType.Regression, precision);
                data.Add(ModelKind.MultipleChoice, 1, null, precision);
                data.Add(ModelKind.FastBert, 3, null, precision);
                data.Add(ModelKind.MaskedLm, 0, null, precision);
                data.Add(ModelKind.Encoder, 0, null, precision);
            }
            return data;
        }
    }

    private ExportedFile Export(string saved, OnnxExportOptions options, DataSet? data = null)
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        return OnnxExporter.Export(model, folder.File("model.onnx"), options, new ExportCheck(model, TinyModels.Tokenizer, data));
    }

    [Theory, MemberData(nameof(Heads))]
    public void Every_head_says_what_the_model_says(ModelKind kind, int outputs, ProblemType? problem, ExportPrecision precision)
    {
        ExportedFile file = Export(TinyModels.Save(folder.File("m"), kind, outputs, problem), new OnnxExportOptions { Precision = precision });
        Agreement agreement = file.Check.Agreement;
        Assert.Equal(new FileInfo(folder.File("model.onnx")).Length, file.Bytes);
        Assert.True(agreement.LargestOutput > 0.5, $"outputs are too small to tell anything: {agreement}");
        // Rounding must show, or the file is not what it claims to be.
        (double low, double high) = precision switch { ExportPrecision.Float32 => (0, 1e-5), ExportPrecision.Float16 => (1e-5, 0.01), _ => (1e-3, 0.25) };
        Assert.InRange(agreement.RelativeDifference, low, high);
        Assert.True(agreement.MeanDifference <= agreement.LargestDifference);
    }

    [Theory]
    [InlineData(ModelKind.SequenceClassification, "batch_size, sequence_length", "logits [batch_size, 3]")]
    [InlineData(ModelKind.MultipleChoice, "batch_size, num_choices, sequence_length", "logits [batch_size, num_choices]")]
    [InlineData(ModelKind.FastBert, "batch_size, sequence_length", "logits [batch_size, 3]; branch_logits [batch_size, 2, 3]")]
    [InlineData(ModelKind.MaskedLm, "batch_size, sequence_length", "logits [batch_size, sequence_length, 64]")]
    [InlineData(ModelKind.Encoder, "batch_size, sequence_length", "last_hidden_state [batch_size, sequence_length, 32]; pooler_output [batch_size, 32]")]
    public void Inputs_and_outputs_have_the_usual_names_and_axes(ModelKind kind, string axes, string outputs)
    {
        Export(TinyModels.Save(folder.File("m"), kind, kind == ModelKind.MultipleChoice ? 1 : 3), new());
        OnnxModel model = OnnxModelReader.Read(folder.File("model.onnx"));
        Assert.Equal(17, model.Opset);
        Assert.Equal(["input_ids", "attention_mask", "token_type_ids"], model.Inputs.Select(i => i.Name));
        Assert.All(model.Inputs, input => Assert.Equal((DType.Int64, axes), (input.DType, string.Join(", ", input.Axes))));
        Assert.Equal(outputs, string.Join("; ", model.Outputs.Select(o => $"{o.Name} [{string.Join(", ", o.Axes)}]")));
        Assert.All(model.Outputs, output => Assert.Equal(DType.Float32, output.DType));
    }

    [Fact]
    public void The_file_tells_labels_and_task()
    {
        Export(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, 3, ProblemType.SingleLabel), new() { Precision = ExportPrecision.Int8, WeightBits = 8 });
        IReadOnlyDictionary<string, string> facts = OnnxModelReader.Read(folder.File("model.onnx")).Metadata;
        Assert.Equal("""["bad","good","so \"so\""]""", facts["labels"]);
        Assert.Equal(("BertForSequenceClassification", "single_label_classification", "int8", "8", "96"),
            (facts["architecture"], facts["problem_type"], facts["dtype"], facts["weight_bits"], facts["max_position_embeddings"]));
    }

    [Fact]
    public void The_relu_of_a_head_is_in_the_file()
    {
        ExportedFile file = Export(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, head: HeadKind.Relu), new());
        Assert.True(file.Check.Agreement.RelativeDifference < 1e-5);
        Assert.Contains(OnnxModelReader.Read(file.Path).Nodes, node => node.Operator == "Relu");
    }

    [Fact]
    public void A_model_with_relu_layers_is_exported()
    {
        BertConfig config = TinyModels.Config with { HiddenActivation = "relu" };
        Assert.True(Export(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, config: config), new()).Check.Agreement.RelativeDifference < 1e-5);
    }

    public static TheoryData<ModelKind, ExportPrecision> Pruned => new()
    {
        { ModelKind.SequenceClassification, ExportPrecision.Float32 }, { ModelKind.MaskedLm, ExportPrecision.Float32 },
        { ModelKind.SequenceClassification, ExportPrecision.Int8 }, { ModelKind.MaskedLm, ExportPrecision.Float16 },
    };

    [Theory, MemberData(nameof(Pruned))]
    public void A_model_that_lost_heads_neurons_and_rank_is_exported(ModelKind kind, ExportPrecision precision)
    {
        BertConfig config = TinyModels.Config with
        {
            PrunedHeads = ImmutableSortedDictionary<int, ImmutableSortedSet<int>>.Empty.Add(1, [0, 3]), LayerIntermediateSizes = [48, 20], EmbeddingRank = 12,
        };
        ExportedFile file = Export(TinyModels.Save(folder.File("m"), kind, config: config), new() { Precision = precision });
        Assert.InRange(file.Check.Agreement.RelativeDifference, 0, precision switch { ExportPrecision.Float32 => 1e-5, ExportPrecision.Float16 => 0.01, _ => 0.25 });
    }

    [Fact]
    public void The_normalisation_of_the_released_FastBERT_is_exported()
    {
        BertConfig config = TinyModels.Config with { LayerNorm = LayerNormKind.Unbiased, LayerNormEpsilon = 1e-6 };
        Assert.True(Export(TinyModels.Save(folder.File("m"), ModelKind.FastBert, config: config), new()).Check.Agreement.RelativeDifference < 1e-5);
        Assert.DoesNotContain(OnnxModelReader.Read(folder.File("model.onnx")).Nodes, node => node.Operator == "LayerNormalization");
    }

    [Theory]
    [InlineData(ExportPrecision.Float32, 1e-5)]
    [InlineData(ExportPrecision.Float16, 0.01)]
    [InlineData(ExportPrecision.Int8, 0.25)]
    public void The_steps_of_a_FastBERT_say_what_each_layer_says(ExportPrecision precision, double tolerance)
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), ModelKind.FastBert)));
        ExportedFile file = OnnxExporter.ExportSteps(model, folder.File("steps"), new() { Precision = precision }, new ExportCheck(model, TinyModels.Tokenizer));
        Assert.InRange(file.Check.Agreement.RelativeDifference, 0, tolerance);
        Assert.Equal(["embeddings.onnx", "layer_1.onnx", "layer_2.onnx"], Directory.EnumerateFiles(folder.File("steps")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Directory.EnumerateFiles(folder.File("steps")).Sum(f => new FileInfo(f).Length), file.Bytes);
    }

    [Fact]
    public void Only_a_FastBERT_has_steps()
    {
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification)));
        Assert.Equal($"{folder.File("m")} is no FastBERT; only a FastBERT has steps to leave after.",
            Assert.Throws<DecantException>(() => OnnxExporter.ExportSteps(model, folder.File("steps"), new(), new ExportCheck(model, TinyModels.Tokenizer))).Message);
    }

    [Fact]
    public void Half_precision_halves_and_eight_bits_quarter_the_weights()
    {
        // Wide enough that weights outweigh the graph's description.
        BertConfig config = TinyModels.Config with { HiddenSize = 128, IntermediateSize = 512 };
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, config: config with { InitializerRange = 0.1 });
        long single = Export(saved, new()).Bytes, half = Export(saved, new() { Precision = ExportPrecision.Float16 }).Bytes, eight = Export(saved, new() { Precision = ExportPrecision.Int8, Tolerance = 1 }).Bytes;
        Assert.InRange((double)half / single, 0.49, 0.53);
        Assert.InRange((double)eight / single, 0.25, 0.35);
    }

    [Fact]
    public void Metrics_of_model_and_file_come_from_labelled_data()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, 2, ProblemType.SingleLabel);
        var task = new TaskDefinition { Name = "own", Kind = TaskKind.SingleLabel, Labels = ["bad", "good"], Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy };
        var data = new DataSet(task, "dev", [.. Enumerable.Range(0, 40).Select(i => new Example { Id = $"{i}", Text = new string((char)('a' + i % 26), 1 + i % 7), ClassIndex = i % 2 })], "forty texts");
        CheckResult check = Export(saved, new(), data).Check;
        Assert.Equal(("forty texts", 40), (check.Source, check.Agreement.Examples));
        Assert.Equal(check.Model!["accuracy"], check.Exported!["accuracy"]);
        Assert.Equal(1, check.Agreement.SameAnswers);
    }

    [Fact]
    public void Data_of_other_labels_is_refused()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification, 2, ProblemType.SingleLabel);
        var task = new TaskDefinition { Name = "own", Kind = TaskKind.SingleLabel, Labels = ["good", "bad"], Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy };
        var data = new DataSet(task, "dev", [new Example { Id = "0", Text = "a", ClassIndex = 0 }], "one text");
        Assert.Contains("another order", Assert.Throws<DecantException>(() => Export(saved, new(), data)).Message);
    }

    [Fact]
    public void A_difference_above_the_tolerance_leaves_what_was_there()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification);
        folder.Write("model.onnx", "before");
        string message = Assert.Throws<DecantException>(() => Export(saved, new() { Precision = ExportPrecision.Int8, Tolerance = 1e-6 })).Message;
        Assert.StartsWith($"{folder.File("model.onnx")} was not written: over 24 examples (built-in sentences) the exported file differs from the model by up to ", message);
        Assert.Contains("and 1E-06 is allowed", message);
        Assert.Equal("before", File.ReadAllText(folder.File("model.onnx")));
        Assert.Equal(["m", "model.onnx"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Outputs_that_are_no_numbers_never_pass()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification);
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        using (GradMode.Off()) model.Parameters["classifier.bias"].FillInPlace(double.NaN);
        Assert.Throws<DecantException>(() => OnnxExporter.Export(model, folder.File("model.onnx"), new() { Tolerance = 1e9 }, new ExportCheck(model, TinyModels.Tokenizer)));
        Assert.False(File.Exists(folder.File("model.onnx")));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_told() =>
        Assert.Equal($"{folder.Root} is a folder; name a file, such as {folder.File("model.onnx")}.",
            Assert.Throws<DecantException>(() =>
            {
                using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification)));
                OnnxExporter.Export(model, folder.Root, new(), new ExportCheck(model, TinyModels.Tokenizer));
            }).Message);

    [Fact]
    public void Weights_decide_what_a_model_is_for_when_its_configuration_does_not()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.MaskedLm);
        string config = Path.Combine(saved, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("BertForMaskedLM", "BertForPreTraining", StringComparison.Ordinal));
        using ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved));
        Assert.Equal(ModelKind.MaskedLm, model.Kind);
    }
}
