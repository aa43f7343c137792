using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Small pickles that ask for much time, memory or stack.</summary>
public sealed class HostilePickleTests
{
    private static object? Read(byte[] bytes)
    {
        var input = new PickleInput(bytes, "m.bin");
        return new Unpickler("m.bin", new SeenStorages("m.bin")).Read(ref input);
    }

    [Fact]
    public void A_memo_bomb_costs_what_it_takes_in_the_file()
    {
        // Each list holds the one before it ten times: 10^200 elements, if anybody walked them.
        var bytes = new PickleBytes().Proto().Raw("]q\u0000");
        for (int i = 0; i < 200; i++) bytes.Raw("0](").Raw(string.Concat(Enumerable.Repeat("h\u0000", 10))).Raw("eq\u0000");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<List<object?>>(Read(bytes.Stop().ToArray()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_million_nested_tuples_do_not_exhaust_the_stack() =>
        Assert.IsType<object?[]>(Read(new PickleBytes().Raw("N").Raw(new string('\u0085', 1_000_000)).Stop().ToArray()));

    [Fact]
    public void A_list_that_holds_itself_is_nothing_special() =>
        Assert.IsType<List<object?>>(Read(new PickleBytes().Raw("]q\u0000h\u0000a.").ToArray()));

    [Fact]
    public void Too_many_operations_are_refused() =>
        Assert.Contains("more than 4000000 operations",
            Assert.Throws<DecantException>(() => Read(new PickleBytes().Raw(string.Concat(Enumerable.Repeat("N0", 2_000_000))).Raw("N.").ToArray())).Message);

    [Fact]
    public void Copies_of_one_list_into_many_dictionaries_are_refused()
    {
        var bytes = new PickleBytes().Raw("](");
        for (int i = 0; i < 5_000; i++) bytes.Raw("NN\u0086");
        bytes.Raw("e\u0085q\u0000");
        for (int i = 0; i < 1_000; i++) bytes.Global("collections", "OrderedDict").Raw("h\u0000R0");
        Assert.Contains("lists of more than 1000000 pairs in all", Assert.Throws<DecantException>(() => Read(bytes.Stop().ToArray())).Message);
    }

    [Fact]
    public void A_long_number_in_text_is_refused_before_it_is_converted() =>
        Assert.Equal("m.bin is damaged: its pickle has a wrong LONG.",
            Assert.Throws<DecantException>(() => Read(new PickleBytes().Raw("L" + new string('9', 5_000_000) + "\n.").ToArray())).Message);
}
