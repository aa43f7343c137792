using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_names_types_shapes_bytes_and_metadata()
    {
        string path = _folder.Write("m", SafetensorsBytes.From(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"I16","shape":[2,2],"data_offsets":[4,12]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  """, 12));
        using var file = SafetensorsFile.Open(path);
        Assert.Equal(["a", "b"], file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
        RawTensor b = file.Get("b");
        Assert.Equal((DType.Int16, 4L, 8L), (b.DType, b.ElementCount, b.ByteCount));
        Assert.Equal([2, 2], b.Shape.ToArray());
        Assert.Equal("Int16[2, 2]", b.ToString());
        Assert.Equal(new byte[] { 4, 5, 6, 7, 8, 9, 10, 11 }, b.Bytes.ToArray());
        Assert.Equal([0x0504, 0x0706, 0x0908, 0x0b0a], b.ToSingles());
    }

    [Fact]
    public void Reads_single_numbers_and_empty_tensors()
    {
        string path = _folder.Write("m", SafetensorsBytes.From(
            """{"zero":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"none":{"dtype":"F64","shape":[3,0],"data_offsets":[0,0]},"end":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", 4));
        using var file = SafetensorsFile.Open(path);
        Assert.Equal(1, file.Get("zero").ElementCount);
        Assert.Equal(0, file.Get("zero").Shape.Length);
        Assert.Equal(0, file.Get("none").ElementCount);
        Assert.Equal([3, 0], file.Get("none").Shape.ToArray());
        Assert.True(file.Get("end").Bytes.IsEmpty);
    }

    [Fact]
    public void Reads_a_file_without_tensors()
    {
        using var file = SafetensorsFile.Open(_folder.Write("m", SafetensorsBytes.From("{}", 0)));
        Assert.Empty(file.Names);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Names_a_tensor_that_is_not_there()
    {
        string path = _folder.Write("m", SafetensorsBytes.From("{}", 0));
        using var file = SafetensorsFile.Open(path);
        Assert.False(file.Contains("x"));
        Assert.Equal($"{path} has no tensor 'x' (it has 0 others).", Assert.Throws<DecantException>(() => file.Get("x")).Message);
    }

    [Fact]
    public void Views_end_with_the_file()
    {
        var file = SafetensorsFile.Open(_folder.Write("m", SafetensorsBytes.From("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)));
        RawTensor a = file.Get("a");
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => a.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => a.Address);
    }

    [Fact]
    public void Keeps_the_old_content_when_the_file_is_replaced_while_open()
    {
        string path = _folder.File("m");
        new SafetensorsWriter().Add("a", DType.UInt8, [2], new byte[] { 1, 2 }).Save(path);
        using var old = SafetensorsFile.Open(path);
        new SafetensorsWriter().Add("a", DType.UInt8, [2], new byte[] { 3, 4 }).Save(path);
        using var current = SafetensorsFile.Open(path);
        Assert.Equal(new byte[] { 1, 2 }, old.Get("a").Bytes.ToArray());
        Assert.Equal(new byte[] { 3, 4 }, current.Get("a").Bytes.ToArray());
    }

    [Fact]
    public void Says_that_a_file_is_missing_or_empty_or_a_folder()
    {
        Assert.Equal($"{_folder.File("x")} is not there.", Assert.Throws<DecantException>(() => SafetensorsFile.Open(_folder.File("x"))).Message);
        Assert.Contains("is empty (0 bytes)", Assert.Throws<DecantException>(() => SafetensorsFile.Open(_folder.Write("e", []))).Message);
        Assert.Contains("is a folder", Assert.Throws<DecantException>(() => SafetensorsFile.Open(_folder.Root)).Message);
        Assert.Contains("it has 3 bytes", Assert.Throws<DecantException>(() => SafetensorsFile.Open(_folder.Write("s", [1, 2, 3]))).Message);
    }

    [SkippableFact]
    public void Reads_a_file_written_by_the_formats_own_library()
    {
        using var file = SafetensorsFile.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints/model.safetensors"));
        Assert.Equal(42, file.Names.Count);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), file.Get("bert.embeddings.position_ids").ToSingles());
        Assert.Equal("Float32[32, 16]", file.Get("bert.encoder.layer.1.intermediate.dense.weight").ToString());
        Assert.All(file.Names, name => Assert.All(file.Get(name).ToSingles(), x => Assert.True(float.IsFinite(x))));
    }
}
