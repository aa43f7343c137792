using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Tests.Checkpoints;

[Collection(LiveTensorCounting.Name)]
public sealed class WeightLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Golden(string file) => TestPaths.Require(TestPaths.Goldens, $"checkpoints/{file}");

    private static (LoadReport Report, Dictionary<string, float[]> Values) Load(string file)
    {
        using var model = new BertClassifier(BertConfig.Load(Golden("config.json")), 3, SmallBert.Init());
        using ICheckpoint checkpoint = CheckpointReader.Open(Golden(file));
        LoadReport report = WeightLoader.Load(model.NamedParameters(), checkpoint);
        return (report, model.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor.ToArray<float>()));
    }

    [SkippableTheory]
    [InlineData("model.safetensors", 0)]
    [InlineData("sharded", 0)]
    [InlineData("zip.bin", 0)]
    [InlineData("legacy.bin", 0)]
    [InlineData("nested.bin", 0)]
    [InlineData("gamma_beta.bin", 0)]
    [InlineData("half.bin", 0.0005)]
    [InlineData("bfloat16.bin", 0.004)]
    public void Fills_the_whole_model_from_every_form(string file, double relative)
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        var (report, values) = Load(file);
        Assert.Equal(41, report.Loaded.Count);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Unexpected);
        report.RequireComplete();
        foreach (var (name, actual) in values)
        {
            float[] expected = reference.Get(name).ToSingles();
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * Math.Abs(expected[i]) + (relative > 0 ? 1e-7 : 0), $"{name}[{i}]: {expected[i]} and {actual[i]}");
        }
    }

    [SkippableFact]
    public void Fills_the_encoder_and_reports_the_missing_head()
    {
        using var reference = SafetensorsFile.Open(Golden("model.safetensors"));
        var (report, values) = Load("no_prefix.bin");
        Assert.Equal(["classifier.weight", "classifier.bias"], report.Missing);
        Assert.Equal(reference.Get("bert.pooler.dense.weight").ToSingles(), values["bert.pooler.dense.weight"]);
        Assert.EndsWith("no_prefix.bin; newly initialised: classifier.weight, classifier.bias", report.RequireComplete("classifier.").ToString());
        Assert.Contains("lacks 2 of the model's 41 tensors: classifier.weight, classifier.bias. Check that config.json",
            Assert.Throws<DecantException>(() => report.RequireComplete()).Message);
    }

    [Fact]
    public void Lists_tensors_without_a_place_except_those_that_are_known_to_be_redundant()
    {
        string path = Save(SmallBert.Classifier(), ("extra.weight", [2]), ("bert.embeddings.position_ids", [1, 6]), ("bert.adapter.bias", [1]));
        using var checkpoint = SafetensorsFile.Open(path);
        using var model = SmallBert.Classifier(seed: 2);
        LoadReport report = WeightLoader.Load(model.NamedParameters(), checkpoint);
        Assert.Equal(["bert.adapter.bias", "extra.weight"], report.Unexpected.Order());
    }

    [Fact]
    public void Names_the_tensors_of_another_shape_and_changes_nothing()
    {
        string path = Save(SmallBert.Classifier(outputs: 3));
        using var checkpoint = SafetensorsFile.Open(path);
        using var model = SmallBert.Classifier(outputs: 2, seed: 2);
        float[] before = model.NamedParameters().First().Tensor.ToArray<float>();
        var error = Assert.Throws<DecantException>(() => WeightLoader.Load(model.NamedParameters(), checkpoint));
        Assert.Equal($"{path} does not fit the model: 'classifier.weight' should be [2, 8] and is [3, 8]; 'classifier.bias' should be [2] and is [3]. Check that config.json and the number of labels belong to these weights.", error.Message);
        Assert.Equal(before, model.NamedParameters().First().Tensor.ToArray<float>());
    }

    [Fact]
    public void Says_when_nothing_fits()
    {
        using var checkpoint = SafetensorsFile.Open(Save([], ("distilbert.x", [1])));
        using var model = SmallBert.Classifier();
        Assert.Contains("it is probably a model of another kind",
            Assert.Throws<DecantException>(() => WeightLoader.Load(model.NamedParameters(), checkpoint).RequireComplete()).Message);
    }

    [Fact]
    public void Fills_layers_from_other_layers_and_leaves_what_has_no_source()
    {
        using var teacher = SmallBert.Classifier();
        using var checkpoint = SafetensorsFile.Open(Save(teacher));
        using var student = new BertClassifier(SmallBert.Config with { Layers = 1 }, 3, SmallBert.Init(2));
        LoadReport report = WeightLoader.Load(student.NamedParameters(), checkpoint,
            name => name.StartsWith("classifier", StringComparison.Ordinal) ? null : name.Replace("layer.0.", "layer.1."));
        Assert.Equal(["classifier.weight", "classifier.bias"], report.Missing);
        var from = teacher.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        foreach (var (name, tensor) in student.NamedParameters().Where(p => p.Name.Contains("encoder")))
            Assert.Equal(from[name.Replace("layer.0.", "layer.1.")].ToArray<float>(), tensor.ToArray<float>());
    }

    [Fact]
    public void Keeps_parameters_trainable_and_frees_what_it_used()
    {
        using var checkpoint = SafetensorsFile.Open(Save(SmallBert.Classifier()));
        using var model = SmallBert.Classifier(seed: 2);
        long before = TorchRuntime.LiveTensors;
        WeightLoader.Load(model.NamedParameters(), checkpoint);
        Assert.Equal(before, TorchRuntime.LiveTensors);
        Assert.All(model.NamedParameters(), p => Assert.True(p.Tensor.RequiresGrad));
    }

    [Fact]
    public void Refuses_a_masked_lm_whose_decoder_is_not_the_word_table()
    {
        using var model = new BertMaskedLm(SmallBert.Config, SmallBert.Init());
        using var tied = SafetensorsFile.Open(Save(model.NamedParameters(), ("cls.predictions.decoder.weight", [11, 8])));
        Assert.Contains("In BERT they are one tensor", Assert.Throws<DecantException>(() => WeightLoader.Load(model.NamedParameters(), tied)).Message);
    }

    private string Save(BertClassifier model, params (string Name, long[] Shape)[] zeros)
    {
        string path = Save(model.NamedParameters(), zeros);
        return path;
    }

    private string Save(IEnumerable<(string Name, Tensor Tensor)> parameters, params (string Name, long[] Shape)[] zeros)
    {
        var writer = new SafetensorsWriter();
        foreach (var (name, tensor) in parameters)
            writer.Add(name, DType.Float32, tensor.Shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(tensor.ToArray<float>()).ToArray());
        foreach (var (name, shape) in zeros)
            writer.Add(name, DType.Float32, shape, new byte[shape.Aggregate(4L, (a, b) => a * b)]);
        writer.Save(_folder.File("w.safetensors"));
        return _folder.File("w.safetensors");
    }
}
