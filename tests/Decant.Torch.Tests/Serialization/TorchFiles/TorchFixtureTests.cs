using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Small files that PyTorch 1.13 wrote (<c>Fixtures/make.py</c>): every protocol, type and kind of view.</summary>
public sealed class TorchFixtureTests
{
    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    private static float[] Count(int n) => [.. Enumerable.Range(0, n).Select(i => (float)i)];

    public static TheoryData<string> StateDicts
    {
        get
        {
            var files = new TheoryData<string>();
            for (int protocol = 2; protocol <= 5; protocol++)
            {
                files.Add($"state_dict_{protocol}.bin");
                files.Add($"state_dict_{protocol}_legacy.bin");
            }
            files.Add("training.bin");
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(StateDicts))]
    public void Reads_a_state_dict_of_every_protocol(string file)
    {
        using var checkpoint = TorchFile.Open(Fixture(file));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], checkpoint.Names);
        Assert.Equal([2, 3], checkpoint.Get("0.weight").Shape.ToArray());
        Assert.Equal(Count(6), checkpoint.Get("0.weight").ToSingles());
        Assert.Equal(Count(2), checkpoint.Get("1.bias").ToSingles());
    }

    [Theory]
    [InlineData("types.bin")]
    [InlineData("types_legacy.bin")]
    public void Reads_every_element_type(string file)
    {
        using var checkpoint = TorchFile.Open(Fixture(file));
        Assert.Equal(["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"], checkpoint.Names);
        foreach (string name in checkpoint.Names)
        {
            Assert.Equal(name, checkpoint.Get(name).DType.ToString().ToLowerInvariant());
            Assert.Equal(name == "bool" ? [0, 1, 1, 0] : Count(4), checkpoint.Get(name).ToSingles());
        }
    }

    [Theory]
    [InlineData("scalar", new long[] { }, new float[] { 7 })]
    [InlineData("empty", new long[] { 0, 3 }, new float[] { })]
    [InlineData("transposed", new long[] { 6, 4 }, new float[] { 0, 6, 12, 18, 1, 7, 13, 19, 2, 8, 14, 20, 3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23 })]
    [InlineData("column", new long[] { 4 }, new float[] { 2, 8, 14, 20 })]
    [InlineData("block", new long[] { 2, 3 }, new float[] { 7, 8, 9, 13, 14, 15 })]
    [InlineData("every_other", new long[] { 2, 2 }, new float[] { 0, 3, 12, 15 })]
    [InlineData("expanded", new long[] { 3, 6 }, new float[] { 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5 })]
    [InlineData("parameter", new long[] { 6 }, new float[] { 18, 19, 20, 21, 22, 23 })]
    [InlineData("same_again", new long[] { 6 }, new float[] { 18, 19, 20, 21, 22, 23 })]
    public void Reads_every_kind_of_view(string name, long[] shape, float[] expected)
    {
        using var checkpoint = TorchFile.Open(Fixture("views.bin"));
        Assert.Equal(shape, checkpoint.Get(name).Shape.ToArray());
        Assert.Equal(expected, checkpoint.Get(name).ToSingles());
    }

    [Theory]
    [InlineData("module.bin", "torch.nn.modules.container.Sequential")]
    [InlineData("dtype.bin", "torch.float16")]
    [InlineData("set.bin", "__builtin__.set")]
    public void Refuses_other_objects_by_name(string file, string name) =>
        Assert.Contains($"the pickle wants to call `{name}`", Assert.Throws<DecantException>(() => TorchFile.Open(Fixture(file))).Message);
}
