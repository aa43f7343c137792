using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class TorchFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_archive_is_read_or_refused_and_nothing_else(int seed)
    {
        byte[] pickle = new PickleBytes().Proto().Raw("}(")
            .Text("embeddings.weight").Tensor("0", 12, 0, [4, 3], [3, 1]).Text("transposed").Tensor("0", 12, 0, [3, 4], [1, 3])
            .Text("ids").Tensor("1", 5, 0, [1, 5], [5, 1], "LongStorage").Text("epoch").Int(3).Raw("u").Stop().ToArray();
        Damage(TorchZipBytes.From(pickle, ("0", TorchZipBytes.Singles(12)), ("1", new byte[40])), 500, seed);
    }

    [SkippableTheory]
    [InlineData("zip.bin", 1)]
    [InlineData("legacy.bin", 2)]
    [InlineData("views.bin", 3)]
    [InlineData("nested.bin", 4)]
    [InlineData("foreign_global.bin", 5)]
    [InlineData("foreign_global_legacy.pkl", 6)]
    public void A_damaged_checkpoint_of_pytorch_is_read_or_refused_and_nothing_else(string file, int seed) =>
        Damage(File.ReadAllBytes(TestPaths.Require(TestPaths.Goldens, $"checkpoints/{file}")), 300, seed, within: 5800);

    private void Damage(byte[] good, int count, int seed, int within = int.MaxValue)
    {
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(good, count, seed, within))
        {
            string path = _folder.Write("bad", bytes);
            try
            {
                using var file = TorchFile.Open(path);
                foreach (string name in file.Names) _ = file.Get(name).ToSingles();
            }
            catch (DecantException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, count / 4, count);
        Assert.False(File.Exists("decant_was_here"));
    }
}
