using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class SafetensorsFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(int seed)
    {
        new SafetensorsWriter()
            .Add("embeddings.weight", DType.Float32, [4, 3], new byte[48])
            .Add("empty", DType.Float64, [0, 3], Array.Empty<byte>())
            .Add("scale", DType.BFloat16, [], new byte[2])
            .Add("ids", DType.Int64, [1, 5], new byte[40])
            .Save(_folder.File("good"));
        byte[] good = File.ReadAllBytes(_folder.File("good"));
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(good, 400, seed, within: good.Length - 90))
        {
            string path = _folder.Write("bad", bytes);
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (string name in file.Names) _ = file.Get(name).ToSingles();
            }
            catch (DecantException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 250, 400);
    }
}
