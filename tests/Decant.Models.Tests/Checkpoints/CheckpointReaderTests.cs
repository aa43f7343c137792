using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Tests.Checkpoints;

public sealed class CheckpointReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Weights(string name, byte value) => new SafetensorsWriter().Add("t", DType.UInt8, [1], new[] { value }).Save(_folder.File(name));

    [Fact]
    public void Prefers_safetensors_in_one_file()
    {
        Weights("model.safetensors", 1);
        Weights("part", 2);
        _folder.Write("model.safetensors.index.json", """{"weight_map":{"t":"part.safetensors"}}"""u8);
        _folder.Write("pytorch_model.bin", "damaged"u8);
        using ICheckpoint checkpoint = CheckpointReader.Open(_folder.Root);
        Assert.IsType<SafetensorsFile>(checkpoint);
        Assert.Equal([1], checkpoint.Get("t").ToSingles());
    }

    [Fact]
    public void Finds_an_index_of_shards()
    {
        Weights("part.safetensors", 2);
        _folder.Write("model.safetensors.index.json", """{"weight_map":{"t":"part.safetensors"}}"""u8);
        using ICheckpoint checkpoint = CheckpointReader.Open(_folder.Root);
        Assert.Equal([2], checkpoint.Get("t").ToSingles());
    }

    [SkippableTheory]
    [InlineData("model.safetensors", typeof(SafetensorsFile))]
    [InlineData("zip.bin", typeof(TorchFile))]
    [InlineData("legacy.bin", typeof(TorchFile))]
    [InlineData("sharded", typeof(ShardedCheckpoint))]
    [InlineData("sharded/model.safetensors.index.json", typeof(ShardedCheckpoint))]
    public void Opens_every_form(string file, Type type)
    {
        using ICheckpoint checkpoint = CheckpointReader.Open(TestPaths.Require(TestPaths.Goldens, $"checkpoints/{file}"));
        Assert.IsType(type, checkpoint);
        Assert.Equal(42, checkpoint.Names.Count);
    }

    [Fact]
    public void Says_that_there_are_no_weights()
    {
        Assert.Equal($"{_folder.Root} holds no weights: none of model.safetensors, model.safetensors.index.json, pytorch_model.bin, pytorch_model.bin.index.json is there.",
            Assert.Throws<DecantException>(() => CheckpointReader.Open(_folder.Root)).Message);
        _folder.Write("tf_model.h5", [1]);
        Assert.Contains("holds TensorFlow weights (tf_model.h5), which is not read here", Assert.Throws<DecantException>(() => CheckpointReader.Open(_folder.Root)).Message);
        Assert.Contains("nowhere is not there", Assert.Throws<DecantException>(() => CheckpointReader.Open(_folder.File("nowhere"))).Message);
    }
}
