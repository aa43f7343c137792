using System.Text;
using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class ShardedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Index(string json) => _folder.Write("model.safetensors.index.json", Encoding.UTF8.GetBytes(json));

    private static string Refusal(string path) => Assert.Throws<DecantException>(() => ShardedCheckpoint.Open(path)).Message;

    [SkippableFact]
    public void Holds_the_same_bytes_as_one_file()
    {
        using var reference = SafetensorsFile.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints/model.safetensors"));
        using var sharded = ShardedCheckpoint.Open(TestPaths.Require(TestPaths.Goldens, "checkpoints/sharded/model.safetensors.index.json"));
        Assert.Equal(reference.Names.Order(), sharded.Names.Order());
        Assert.Equal(2, sharded.Shards.Count);
        Assert.All(reference.Names, name => Assert.True(reference.Get(name).Bytes.SequenceEqual(sharded.Get(name).Bytes), name));
    }

    [Fact]
    public void Reads_shards_in_the_form_of_pytorch_too()
    {
        _folder.Write("a.bin", TorchZipBytes.From(PickleBytes.OneTensor(3, 0, [3], [1]), ("0", TorchZipBytes.Singles(3))));
        new SafetensorsWriter().Add("u", DType.UInt8, [1], new byte[] { 9 }).Save(_folder.File("b.safetensors"));
        using var sharded = ShardedCheckpoint.Open(Index("""{"weight_map":{"t":"a.bin","u":"b.safetensors"}}"""));
        Assert.Equal([0, 1, 2], sharded.Get("t").ToSingles());
        Assert.Equal([9], sharded.Get("u").ToSingles());
        Assert.Contains("has no tensor 'x'", Assert.Throws<DecantException>(() => sharded.Get("x")).Message);
    }

    [Fact]
    public void Says_which_file_or_tensor_is_missing()
    {
        new SafetensorsWriter().Add("u", DType.UInt8, [1], new byte[] { 9 }).Save(_folder.File("b.safetensors"));
        Assert.Contains("says that the tensor 'v' lies in b.safetensors, but it is not there", Refusal(Index("""{"weight_map":{"u":"b.safetensors","v":"b.safetensors"}}""")));
        Assert.StartsWith($"{_folder.File("c.safetensors")} is not there; model.safetensors.index.json says that it holds 'u'", Refusal(Index("""{"weight_map":{"u":"c.safetensors"}}""")));
    }

    [Theory]
    [InlineData("""{"weight_map":{"u":"../b.safetensors"}}""", "which is not the name of a file beside the index")]
    [InlineData("""{"weight_map":{"u":"/etc/passwd"}}""", "which is not the name of a file beside the index")]
    [InlineData("""{"weight_map":{"u":"..\\b"}}""", "which is not the name of a file beside the index")]
    [InlineData("""{"weight_map":{"u":".."}}""", "which is not the name of a file beside the index")]
    [InlineData("""{"weight_map":{"u":null}}""", "which is not the name of a file beside the index")]
    [InlineData("""{"weight_map":{"u":7}}""", "is not a valid index of shards")]
    [InlineData("""{"weight_map":[]}""", "it has no \"weight_map\"")]
    [InlineData("""{}""", "it has no \"weight_map\"")]
    [InlineData("""[]""", "it has no \"weight_map\"")]
    [InlineData("""{"weight_map":""", "is not a valid index of shards")]
    public void Refuses_a_wrong_index(string json, string expected) => Assert.Contains(expected, Refusal(Index(json)));

    [Fact]
    public void Refuses_a_tensor_listed_twice()
    {
        new SafetensorsWriter().Add("u", DType.UInt8, [1], new byte[] { 9 }).Save(_folder.File("b.safetensors"));
        Assert.Contains("lists the tensor 'u' twice", Refusal(Index("""{"weight_map":{"u":"b.safetensors","u":"b.safetensors"}}""")));
    }
}
