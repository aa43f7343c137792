using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class TorchLegacyTests : IDisposable
{
    private const string Magic = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    private const string Protocol = "\u0080\u0002M\u00e9\u0003.";
    private const string Machine = "\u0080\u0002}X\u000d\u0000\u0000\u0000little_endian\u0088s.";
    private const string Keys = "\u0080\u0002]X\u0001\u0000\u0000\u00000a.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(string head, byte[] value, string keys = Keys, long elements = 4, int data = 4) => _folder.Write("m.bin",
        new PickleBytes().Raw(head).Raw(value).Raw(keys).Raw(BitConverter.GetBytes(elements)).Raw(TorchZipBytes.Singles(data)).ToArray());

    private string Refusal(string path) => Assert.Throws<DecantException>(() => TorchFile.Open(path)).Message;

    private static byte[] Value => PickleBytes.OneTensor(4, 0, [4], [1]);

    [Fact]
    public void Reads_the_old_form()
    {
        using var file = TorchFile.Open(Write(Magic + Protocol + Machine, Value));
        Assert.Equal([0, 1, 2, 3], file.Get("t").ToSingles());
    }

    [Fact]
    public void Reads_a_storage_that_is_a_part_of_another()
    {
        byte[] value = new PickleBytes().Proto().Raw("}").Text("t").Global("torch._utils", "_rebuild_tensor").Raw("(")
            .Raw("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(4).Raw("(").Text("view").Int(1).Int(3).Raw("ttQ")
            .Int(1).Ints(2).Ints(1).Raw("tRs").Stop().ToArray();
        using var file = TorchFile.Open(Write(Magic + Protocol + Machine, value));
        Assert.Equal([2, 3], file.Get("t").ToSingles());
    }

    [Fact]
    public void Refuses_a_view_outside_of_its_storage()
    {
        byte[] value = new PickleBytes().Proto().Raw("}").Text("t").Global("torch._utils", "_rebuild_tensor").Raw("(")
            .Raw("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(4).Raw("(").Text("view").Int(2).Int(3).Raw("ttQ")
            .Int(0).Ints(3).Ints(1).Raw("tRs").Stop().ToArray();
        Assert.Contains("a view outside of the storage", Refusal(Write(Magic + Protocol + Machine, value)));
    }

    [Fact]
    public void Says_what_is_wrong_with_the_parts()
    {
        Assert.Contains("is a Python pickle and not a PyTorch checkpoint", Refusal(Write("\u0080\u0002K\u0001.", Value)));
        Assert.Contains("version of PyTorch's old format that is not known", Refusal(Write(Magic + "\u0080\u0002K\u0001.", Value)));
        Assert.Contains("big-endian", Refusal(Write(Magic + Protocol + Machine.Replace('\u0088', '\u0089'), Value)));
        Assert.Contains("the list of its storages is missing", Refusal(Write(Magic + Protocol + Machine, Value, "\u0080\u0002N.")));
        Assert.Contains("lists a storage that no tensor uses", Refusal(Write(Magic + Protocol + Machine, Value, Keys.Replace('0', '1'))));
        Assert.Contains("lists the storage '0' twice", Refusal(_folder.Write("t", new PickleBytes().Raw(Magic + Protocol + Machine).Raw(Value)
            .Raw("]X\u0001\u0000\u0000\u00000aX\u0001\u0000\u0000\u00000a.").Raw(BitConverter.GetBytes(4L)).Raw(TorchZipBytes.Singles(4))
            .Raw(BitConverter.GetBytes(4L)).Raw(TorchZipBytes.Singles(4)).ToArray())));
        Assert.Contains("its storage '0' has 5 elements, and its pickle says 4", Refusal(Write(Magic + Protocol + Machine, Value, elements: 5)));
        Assert.Contains("its storage '0' needs 16 bytes, and 12 are left", Refusal(Write(Magic + Protocol + Machine, Value, data: 3)));
        Assert.Contains("its storage '0' is missing", Refusal(Write(Magic + Protocol + Machine, Value, "\u0080\u0002].")));
        Assert.Contains("refers to a storage where none can be", Refusal(_folder.Write("s", new PickleBytes().Proto().Storage("0", 1).Stop().ToArray())));
    }
}
