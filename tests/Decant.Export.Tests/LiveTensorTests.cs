using Decant.Export.Checks;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Export.Tests;

/// <summary>Counts live tensors of the whole process, so nothing else runs beside these tests.</summary>
[CollectionDefinition(nameof(LiveTensorTests), DisableParallelization = true)]
[Collection(nameof(LiveTensorTests))]
public sealed class LiveTensorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ModelKind.SequenceClassification)]
    [InlineData(ModelKind.FastBert)]
    [InlineData(ModelKind.Encoder)]
    public void An_export_leaves_no_tensor_behind(ModelKind kind)
    {
        string saved = TinyModels.Save(folder.File("m"), kind);
        long before = TorchRuntime.LiveTensors;
        using (ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved)))
        {
            var check = new ExportCheck(model, TinyModels.Tokenizer);
            foreach (ExportPrecision precision in Enum.GetValues<ExportPrecision>())
            {
                OnnxExporter.Export(model, folder.File("model.onnx"), new() { Precision = precision }, check);
                if (kind == ModelKind.FastBert) OnnxExporter.ExportSteps(model, folder.File("steps"), new() { Precision = precision }, check);
            }
        }
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void A_refused_export_leaves_no_tensor_behind()
    {
        string saved = TinyModels.Save(folder.File("m"), ModelKind.SequenceClassification);
        long before = TorchRuntime.LiveTensors;
        using (ExportableModel model = ExportableModel.Load(ModelDirectory.Open(saved)))
            Assert.Throws<DecantException>(() => OnnxExporter.Export(model, folder.File("model.onnx"), new() { Precision = ExportPrecision.Int8, Tolerance = 1e-9 }, new ExportCheck(model, TinyModels.Tokenizer)));
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }
}
