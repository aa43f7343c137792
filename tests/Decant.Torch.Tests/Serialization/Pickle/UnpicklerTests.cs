using System.Numerics;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class UnpicklerTests
{
    private static object? Read(byte[] bytes)
    {
        var input = new PickleInput(bytes, "m.bin");
        return new Unpickler("m.bin", new SeenStorages("m.bin")).Read(ref input);
    }

    private static object? Read(string latin1) => Read(new PickleBytes().Raw(latin1).ToArray());

    private static string Refusal(string latin1) => Assert.Throws<DecantException>(() => Read(latin1)).Message;

    public static TheoryData<string, object?> Values => new()
    {
        { "N.", null },
        { "\u0088.", true },
        { "\u0089.", false },
        { "J\u00fe\u00ff\u00ff\u00ff.", -2L },
        { "K\u00ff.", 255L },
        { "M\u0001\u0002.", 0x201L },
        { "\u008a\u0000.", 0L },
        { "\u008a\u0001\u00ff.", -1L },
        { "\u008b\u0002\u0000\u0000\u0000\u0000\u0080.", -32768L },
        { "G\u003f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000.", 1.5 },
        { "I42\n.", 42L },
        { "I01\n.", true },
        { "I00\n.", false },
        { "L-7L\n.", -7L },
        { "F-0.25\n.", -0.25 },
        { "Finf\n.", double.PositiveInfinity },
        { "S'it\\'s\\n\\x41'\n.", "it's\nA" },
        { "V\\u00e9\\U0001F600\n.", "é😀" },
        { "X\u0002\u0000\u0000\u0000\u00c3\u00a9.", "é" },
        { "\u008c\u0001a.", "a" },
        { "\u008d\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a.", "a" },
        { "U\u0001\u00e9.", "é" },
        { "\u0080\u0004\u0095\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000K\u0005.", 5L },
        { "K\u0001K\u00020.", 1L },
        { "K\u0007(K\u00011.", 7L },
        { "K\u0007(0.", 7L },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Reads_plain_values_of_every_protocol(string pickle, object? expected) => Assert.Equal(expected, Read(pickle));

    [Fact]
    public void Reads_numbers_beyond_64_bits() =>
        Assert.Equal(BigInteger.Parse("119547037146038801333356"), Read("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."));

    [Fact]
    public void Reads_lists_tuples_and_dictionaries()
    {
        Assert.Equal(new List<object?> { 1L, 2L, 3L }, Read("]K\u0001a(K\u0002K\u0003e."));
        Assert.Equal(new List<object?> { 1L }, Read("(K\u0001l."));
        Assert.Equal(new object?[] { 1L, null }, Read("K\u0001N\u0086."));
        Assert.Equal(new object?[] { 1L, 2L, 3L, 4L }, Read("(K\u0001K\u0002K\u0003K\u0004t."));
        Assert.Equal([new("a", 1L), new("b", 2L)], Assert.IsType<PickleDict>(Read("}\u008c\u0001aK\u0001s(\u008c\u0001bK\u0002u.")).Items);
        Assert.Equal([new("a", 1L)], Assert.IsType<PickleDict>(Read("(\u008c\u0001aK\u0001d.")).Items);
    }

    [Fact]
    public void Remembers_values_by_every_kind_of_memo()
    {
        Assert.Equal(new object?[] { "a", "a" }, Read("\u008c\u0001aq\u00050h\u0005h\u0005\u0086."));
        Assert.Equal(new object?[] { "a", "a" }, Read("\u008c\u0001ar\u0005\u0001\u0000\u00000j\u0005\u0001\u0000\u0000j\u0005\u0001\u0000\u0000\u0086."));
        Assert.Equal(new object?[] { "a", "a" }, Read("\u008c\u0001a\u00940h\u0000h\u0000\u0086."));
        Assert.Equal(new object?[] { "a", "a" }, Read("\u008c\u0001ap5\n0g5\ng5\n\u0086."));
    }

    [Fact]
    public void Reads_ordered_dictionaries_of_both_pythons()
    {
        Assert.Empty(Assert.IsType<PickleDict>(Read("ccollections\nOrderedDict\n)R.")).Items);
        Assert.Equal([new("a", 1L), new("b", 2L)],
            Assert.IsType<PickleDict>(Read("ccollections\nOrderedDict\n(((U\u0001aK\u0001l(U\u0001bK\u0002lltR.")).Items);
    }

    [Fact]
    public void Passes_over_the_versions_that_pytorch_hangs_on_a_state_dict() =>
        Assert.Equal([new("a", 1L)], Assert.IsType<PickleDict>(Read(
            "ccollections\nOrderedDict\n)R\u008c\u0001aK\u0001s}\u008c\u0009_metadataccollections\nOrderedDict\n)Rsb.")).Items);

    [Fact]
    public void Reads_a_size_as_a_tuple() => Assert.Equal(new object?[] { 2L, 3L }, Read("ctorch\nSize\nK\u0002K\u0003\u0086\u0085R."));

    [Theory]
    [InlineData("cos\nsystem\n.", "os.system")]
    [InlineData("\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093.", "builtins.eval")]
    [InlineData("(S'rm -rf /'\nios\nsystem\n.", "os.system")]
    [InlineData("c__builtin__\ngetattr\n.", "__builtin__.getattr")]
    [InlineData("cnumpy.core.multiarray\nscalar\n.", "numpy.core.multiarray.scalar")]
    [InlineData("ctorch\nload\n.", "torch.load")]
    [InlineData("ctorch.storage\n_load_from_bytes\n.", "torch.storage._load_from_bytes")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2.__globals__\n.", "torch._utils._rebuild_tensor_v2.__globals__")]
    [InlineData("ccollections\nOrderedDict.fromkeys\n.", "collections.OrderedDict.fromkeys")]
    [InlineData("c\u001b[31m\nx\n.", "?[31m.x")]
    public void Refuses_foreign_globals_by_name(string pickle, string name)
    {
        Assert.StartsWith($"m.bin: the pickle wants to call `{name}`.", Refusal(pickle));
        Assert.Contains("save_file(model.state_dict()", Refusal(pickle));
    }

    [Fact]
    public void Names_a_torchscript_archive() => Assert.Contains("is a TorchScript archive", Refusal("c__torch__.Model\nBert\n."));

    [Theory]
    [InlineData("ctorch\nFloatStorage\n)R.", "wants to call `torch.FloatStorage`, which in a checkpoint is a type")]
    [InlineData("\u0080\u0009.", "has the unknown protocol 9")]
    [InlineData("\u00ff.", "has the unknown opcode 0xff")]
    [InlineData("\u008f.", "something other than tensors and plain values (opcode EMPTYSET)")]
    [InlineData("\u0082\u0001.", "opcode EXT1")]
    [InlineData("(o.", "opcode OBJ")]
    [InlineData("Pid\n.", "opcode PERSID")]
    [InlineData("\u0097.", "opcode NEXTBUFFER")]
    [InlineData("N)R.", "calls something that is not a function")]
    [InlineData("ccollections\nOrderedDict\nNR.", "calls something that is not a function")]
    [InlineData("ccollections\nOrderedDict\nN\u0085R.", "builds a dictionary from something that is not a list of pairs")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "calls `torch._utils._rebuild_tensor_v2` with arguments of another kind")]
    [InlineData("ctorch._utils\n_rebuild_parameter\nN\u0085R.", "calls `torch._utils._rebuild_parameter` with arguments of another kind")]
    [InlineData("NQ.", "refers to a storage by something that is not a storage's id")]
    [InlineData("(X\u0006\u0000\u0000\u0000moduleNNNNtQ.", "holds a whole Python module")]
    [InlineData("NNa.", "appends to something that is not a list")]
    [InlineData("NNNs.", "sets an item of something that is not a dictionary")]
    [InlineData("}(Nu.", "has a key without a value")]
    [InlineData("NNb.", "sets the state of something that is not a dictionary")]
    [InlineData("h\u0001.", "recalls the value 1, which it has not stored")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u00ff.", "stores a value under the number 4294967295")]
    [InlineData("Np-1\n.", "wrong number of a stored value")]
    [InlineData(".", "takes a value that is not there")]
    [InlineData("N(0(00.", "takes a value that is not there")]
    [InlineData("N(\u0085.", "takes a value that is not there")]
    [InlineData("Nt.", "looks for a mark that it has not set")]
    [InlineData("Ix\n.", "has a wrong INT")]
    [InlineData("Lx\n.", "has a wrong LONG")]
    [InlineData("Fx\n.", "has a wrong FLOAT")]
    [InlineData("S'x\n.", "has a wrong STRING")]
    [InlineData("I1", "ends, or exceeds 64 MiB")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc.", "ends, or exceeds 64 MiB")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "ends, or exceeds 64 MiB")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff.", "holds a number of 4294967295 bytes")]
    [InlineData("", "ends, or exceeds 64 MiB")]
    public void Refuses_what_no_checkpoint_holds(string pickle, string expected) => Assert.Contains(expected, Refusal(pickle));
}
