using Decant.Export.Onnx;
using Decant.Export.Protobuf;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Export.Tests.Onnx;

public sealed class OnnxModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static OnnxModel Sample() => new()
    {
        Name = "sample",
        Nodes =
        [
            new("/MatMul", "MatMul", ["x", "w"], ["y"], []),
            new("/Transpose", "Transpose", ["y"], ["z"], [new("perm") { Integers = [1, 0] }, new("axis") { Integer = -1 }, new("epsilon") { Number = 1e-12f }, new("mode") { Text = "ü" }]),
        ],
        Tensors = [new("w", DType.Float32, [2, 3], () => Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3)), new("i", DType.Int8, [], () => Tensor.From([(sbyte)-7], []))],
        Inputs = [new("x", DType.Float32, ["batch_size", 2])],
        Outputs = [new("z", DType.Float32, [3, "batch_size"])],
        Values = [new("y", DType.Float32, ["batch_size", 3])],
        Metadata = new Dictionary<string, string> { ["labels"] = "[\"a\"]", ["b"] = "" },
    };

    [Fact]
    public void What_is_written_is_read()
    {
        string path = folder.File("sample.onnx");
        OnnxModelWriter.Write(path, Sample());
        OnnxModel read = OnnxModelReader.Read(path);
        OnnxModel expected = Sample();
        Assert.Equal(("sample", 17L, "decant", expected.ProducerVersion), (read.Name, read.Opset, read.Producer, read.ProducerVersion));
        Assert.Equal(expected.Metadata, read.Metadata);
        Assert.Equal(expected.Nodes.Select(Text), read.Nodes.Select(Text));
        Assert.Equal(expected.Inputs.Concat(expected.Outputs).Concat(expected.Values).Select(Text), read.Inputs.Concat(read.Outputs).Concat(read.Values).Select(Text));
        using var scope = new TensorScope();
        Assert.Equal([1f, 2, 3, 4, 5, 6], read.Tensors[0].Make().ToArray<float>());
        Assert.Equal([2L, 3], read.Tensors[0].Shape);
        Assert.Equal([(sbyte)-7], read.Tensors[1].Make().ToArray<sbyte>());
    }

    [Fact]
    public void The_file_begins_with_the_version_of_its_form_and_its_maker()
    {
        OnnxModelWriter.Write(folder.File("sample.onnx"), Sample());
        ProtoField[] fields = [.. ProtoReader.Fields(File.ReadAllBytes(folder.File("sample.onnx")))];
        Assert.Equal((1, 8L), (fields[0].Number, fields[0].Integer));
        Assert.Equal((2, "decant"), (fields[1].Number, fields[1].Text));
    }

    [Fact]
    public void A_constant_that_is_not_what_was_announced_leaves_no_file()
    {
        OnnxModel model = Sample() with { Tensors = [new("w", DType.Float32, [2, 3], () => Tensor.From([1f, 2], 2))] };
        Assert.Throws<InvalidOperationException>(() => OnnxModelWriter.Write(folder.File("sample.onnx"), model));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal($"{folder.File("no.onnx")} does not exist.", Assert.Throws<DecantException>(() => OnnxModelReader.Read(folder.File("no.onnx"))).Message);

    [Fact]
    public void Another_file_is_refused()
    {
        string path = folder.Write("text.onnx", "this is no model");
        Assert.StartsWith($"{path} is not an ONNX model that can be read here: ", Assert.Throws<DecantException>(() => OnnxModelReader.Read(path)).Message);
    }

    [Fact]
    public void A_constant_with_too_few_bytes_is_refused()
    {
        ProtoMessage tensor = new ProtoMessage().Add(1, 1000000L).Add(1, 1000000L).Add(1, 1000000L).Add(1, 1000000L).Add(2, 1L).Add(8, "huge").Add(9, 4, stream => stream.Write([0, 0, 0, 0]));
        ProtoMessage model = new ProtoMessage().Add(7, new ProtoMessage().Add(5, tensor)).Add(8, new ProtoMessage().Add(2, 17L));
        AtomicFile.Write(folder.File("huge.onnx"), model.WriteTo);
        Assert.Contains("'huge' of shape [1000000, 1000000, 1000000, 1000000] has 4 bytes", Assert.Throws<DecantException>(() => OnnxModelReader.Read(folder.File("huge.onnx"))).Message);
    }

    [Fact]
    public void No_damage_does_more_than_be_refused()
    {
        OnnxModelWriter.Write(folder.File("good.onnx"), Sample());
        string path = folder.File("bad.onnx");
        foreach (byte[] bytes in Mutations.Of(File.ReadAllBytes(folder.File("good.onnx")), 1500, seed: 2))
        {
            File.WriteAllBytes(path, bytes);
            try { OnnxModelReader.Read(path); }
            catch (DecantException) { }
        }
    }

    private static string Text(OnnxNode node) =>
        $"{node.Name} {node.Operator} {string.Join(",", node.Inputs)} → {string.Join(",", node.Outputs)} {string.Join(";", node.Attributes.Select(a => $"{a.Name}={a.Integer}|{a.Number}|{a.Text}|{(a.Integers is null ? "" : string.Join(",", a.Integers))}"))}";

    private static string Text(OnnxValueInfo value) => $"{value.Name} {value.DType} [{string.Join(", ", value.Axes)}]";
}
