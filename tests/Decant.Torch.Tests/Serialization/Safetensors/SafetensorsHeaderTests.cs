using System.Buffers.Binary;
using System.Text;
using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "has the key 'a' twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "its metadata has the key 'k' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "has the key '__metadata__' twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "not valid JSON of the safetensors form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'b' begins at byte 4 of the data, inside the tensor before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "bytes 0 to 4 of the data, before the tensor 'a', belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "the last 4 bytes of the data belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "'a' ends at byte 8 of the data, which has 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "is F32[3], 12 bytes, and its data_offsets [0, 8] are not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets [8, 0] are not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "data_offsets [-8, 0] are not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "impossible shape [-1, -2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,0]}}""", 0, "not valid JSON of the safetensors form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "not valid JSON of the safetensors form")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "the tensor 'a' has the element type F8_E4M3, which Decant does not read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "must give dtype, shape and two data_offsets for the tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", 8, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown or repeated key 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "unknown or repeated key 'x'")]
    [InlineData("""{"a":[]}""", 0, "not valid JSON of the safetensors form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "not valid JSON of the safetensors form")]
    [InlineData("""{} x""", 0, "not valid JSON of the safetensors form")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not valid JSON of the safetensors form")]
    [InlineData(""" {}""", 0, "its header does not begin with '{'")]
    [InlineData("", 0, "its header does not begin with '{'")]
    public void Refuses_a_wrong_header_and_says_what_is_wrong(string header, int dataLength, string expected)
    {
        string path = _folder.Write("model.safetensors", SafetensorsBytes.From(header, dataLength));
        var error = Assert.Throws<DecantException>(() => SafetensorsFile.Open(path));
        Assert.Contains(expected, error.Message);
        Assert.StartsWith(path, error.Message);
    }

    [Fact]
    public void Refuses_names_that_are_not_utf8()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""");
        header[2] = 0xff;
        string path = _folder.Write("m", SafetensorsBytes.From(header, 8));
        Assert.Contains("not valid JSON", Assert.Throws<DecantException>(() => SafetensorsFile.Open(path)).Message);
    }

    [Fact]
    public void Refuses_a_header_longer_than_the_file()
    {
        byte[] bytes = SafetensorsBytes.From("""{"__metadata__":{}}""", 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, 1000);
        string path = _folder.Write("m", bytes);
        Assert.Contains("its header should have 1000 bytes, and 19 are left", Assert.Throws<DecantException>(() => SafetensorsFile.Open(path)).Message);
    }

    [Theory]
    [InlineData(100_000_001L)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public void Refuses_a_header_over_the_limit(long length)
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        string path = _folder.Write("m", bytes);
        Assert.Contains($"its header would have {(ulong)length} bytes, and the limit is 100000000", Assert.Throws<DecantException>(() => SafetensorsFile.Open(path)).Message);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a", "It is a Git LFS pointer")]
    [InlineData("PK\u0003\u0004xxxxxxxxxxxxxxxx", "It is a zip archive, perhaps a PyTorch checkpoint")]
    [InlineData("<!DOCTYPE html><html>", "It is a web page")]
    public void Says_what_another_file_looks_like(string content, string expected)
    {
        string path = _folder.Write("m", Encoding.ASCII.GetBytes(content));
        Assert.Contains(expected, Assert.Throws<DecantException>(() => SafetensorsFile.Open(path)).Message);
    }

    [Fact]
    public void Refuses_deep_json_without_descending_into_it()
    {
        string path = _folder.Write("m", SafetensorsBytes.From("""{"a":""" + new string('[', 100_000), 0));
        Assert.Contains("not valid JSON", Assert.Throws<DecantException>(() => SafetensorsFile.Open(path)).Message);
    }
}
