using System.Buffers.Binary;
using System.Text;
using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_exactly_the_documented_bytes()
    {
        new SafetensorsWriter { Metadata = { ["run"] = "ü\"1\"" } }
            .Add("b", DType.Float16, [1, 2], new byte[] { 1, 2, 3, 4 })
            .Add("a", DType.Int64, [], new byte[] { 8, 7, 6, 5, 4, 3, 2, 1 })
            .Save(_folder.File("m"));
        byte[] bytes = File.ReadAllBytes(_folder.File("m"));
        string header = """{"__metadata__":{"format":"pt","run":"ü\"1\""},"a":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]}}""";
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(header, Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal(new byte[] { 8, 7, 6, 5, 4, 3, 2, 1, 1, 2, 3, 4 }, bytes[(8 + length)..]);
    }

    [Fact]
    public void Gives_the_same_bytes_whatever_the_order_of_adding()
    {
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        new SafetensorsWriter().Add("x", DType.Float32, [2], data).Add("y", DType.Float64, [1], data).Add("a", DType.Int8, [8], data).Save(_folder.File("1"));
        new SafetensorsWriter().Add("a", DType.Int8, [8], data).Add("y", DType.Float64, [1], data).Add("x", DType.Float32, [2], data).Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int8)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Reads_back_every_element_type(DType dtype)
    {
        byte[] data = new byte[6 * dtype.ElementSize()];
        new System.Random(7).NextBytes(data);
        new SafetensorsWriter().Add("t", dtype, [2, 3], data).Save(_folder.File("m"));
        using var file = SafetensorsFile.Open(_folder.File("m"));
        Assert.Equal(dtype, file.Get("t").DType);
        Assert.Equal([2, 3], file.Get("t").Shape.ToArray());
        Assert.Equal(data, file.Get("t").Bytes.ToArray());
    }

    [Fact]
    public void Reads_back_no_tensors_at_all()
    {
        new SafetensorsWriter().Save(_folder.File("m"));
        using var file = SafetensorsFile.Open(_folder.File("m"));
        Assert.Empty(file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [SkippableFact]
    public void Rewrites_a_checkpoint_without_changing_a_tensor()
    {
        using var source = SafetensorsFile.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints/model.safetensors"));
        var writer = new SafetensorsWriter();
        foreach (string name in source.Names) writer.Add(source.Get(name));
        writer.Save(_folder.File("m"));
        using var copy = SafetensorsFile.Open(_folder.File("m"));
        Assert.Equal(source.Names.Order(), copy.Names.Order());
        foreach (string name in source.Names)
        {
            Assert.Equal(source.Get(name).ToString(), copy.Get(name).ToString());
            Assert.Equal(source.Get(name).Bytes.ToArray(), copy.Get(name).Bytes.ToArray());
        }
    }

    [Fact]
    public void Keeps_the_old_file_when_a_tensor_gives_too_few_bytes()
    {
        string path = _folder.Write("m", [1, 2, 3]);
        var writer = new SafetensorsWriter().Add("t", DType.Float32, [2], stream => stream.Write([1, 2, 3]));
        var error = Assert.Throws<DecantException>(() => writer.Save(path));
        Assert.Equal($"The tensor 't' of {path} should have 8 bytes and gave 3.", error.Message);
        Assert.Equal(new byte[] { 1, 2, 3 }, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Keeps_the_old_file_when_the_disk_is_full()
    {
        string path = _folder.Write("m", [1, 2, 3]);
        var writer = new SafetensorsWriter().Add("t", DType.Float32, [2], _ => throw new IOException("No space left on device."));
        Assert.Contains("No space left on device", Assert.Throws<DecantException>(() => writer.Save(path)).Message);
        Assert.Equal(new byte[] { 1, 2, 3 }, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Refuses_wrong_names_and_shapes()
    {
        var writer = new SafetensorsWriter().Add("t", DType.Float32, [0], Array.Empty<byte>());
        Assert.Contains("added to the safetensors file twice", Assert.Throws<DecantException>(() => writer.Add("t", DType.Float32, [0], Array.Empty<byte>())).Message);
        Assert.Contains("cannot be named '__metadata__'", Assert.Throws<DecantException>(() => writer.Add("__metadata__", DType.Float32, [0], Array.Empty<byte>())).Message);
        Assert.Contains("impossible shape [-1]", Assert.Throws<DecantException>(() => writer.Add("u", DType.Float32, [-1], Array.Empty<byte>())).Message);
    }
}
