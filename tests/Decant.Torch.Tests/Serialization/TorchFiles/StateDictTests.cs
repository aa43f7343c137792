using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private TorchFile Open(PickleBytes value) => TorchFile.Open(_folder.Write("m.bin",
        TorchZipBytes.From(new PickleBytes().Proto().Raw(value.ToArray()).Stop().ToArray(), ("0", TorchZipBytes.Singles(2)), ("1", TorchZipBytes.Singles(2)))));

    private static PickleBytes Tensor(string key = "0") => new PickleBytes().Tensor(key, 2, 0, [2], [1]);

    private static PickleBytes Dict(params (string Key, PickleBytes Value)[] items)
    {
        var dict = new PickleBytes().Raw("}(");
        foreach (var (key, value) in items) dict.Text(key).Raw(value.ToArray());
        return dict.Raw("u");
    }

    private static PickleBytes Number => new PickleBytes().Int(3);

    [Fact]
    public void Takes_tensors_at_the_top_and_passes_over_plain_values()
    {
        using var file = Open(Dict(("epoch", Number), ("w", Tensor()), ("more", Dict(("v", Tensor())))));
        Assert.Equal(["w"], file.Names);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("anything")]
    public void Finds_the_weights_one_level_down(string key)
    {
        using var file = Open(Dict(("epoch", Number), (key, Dict(("w", Tensor()))), ("empty", Dict())));
        Assert.Equal(["w"], file.Names);
    }

    [Fact]
    public void Prefers_the_usual_key_when_several_hold_tensors()
    {
        using var file = Open(Dict(("ema", Dict(("e", Tensor()))), ("state_dict", Dict(("w", Tensor())))));
        Assert.Equal(["w"], file.Names);
    }

    [Fact]
    public void Asks_when_it_cannot_tell() =>
        Assert.Contains("tensors under several keys ('left', 'right')",
            Assert.Throws<DecantException>(() => Open(Dict(("left", Dict(("e", Tensor()))), ("right", Dict(("w", Tensor())))))).Message);

    [Fact]
    public void Takes_the_last_of_a_repeated_name_as_python_does()
    {
        using var file = Open(Dict(("w", Tensor()), ("w", new PickleBytes().Tensor("1", 2, 1, [1], [1]))));
        Assert.Equal([1], file.Get("w").Shape.ToArray());
    }

    [Fact]
    public void Says_what_the_file_holds_instead()
    {
        Assert.Contains("holds a single tensor, not a dictionary", Assert.Throws<DecantException>(() => Open(Tensor())).Message);
        Assert.Contains("holds a list, not a dictionary", Assert.Throws<DecantException>(() => Open(new PickleBytes().Raw("]"))).Message);
        Assert.Contains("holds None, not a dictionary", Assert.Throws<DecantException>(() => Open(new PickleBytes().Raw("N"))).Message);
        Assert.Contains("holds `torch.FloatStorage`", Assert.Throws<DecantException>(() => Open(new PickleBytes().Global("torch", "FloatStorage"))).Message);
        Assert.Contains("holds no named tensors", Assert.Throws<DecantException>(() => Open(Dict(("epoch", Number)))).Message);
    }

    [Fact]
    public void Reads_an_empty_dictionary_as_no_tensors()
    {
        using var file = Open(Dict());
        Assert.Empty(file.Names);
    }

    [Fact]
    public void Looks_into_a_dictionary_that_is_named_many_times_only_once()
    {
        // 30 000 entries that all name one dictionary of 30 000 numbers: 9 × 10⁸ steps, if each were looked into.
        var bytes = new PickleBytes().Raw("}(").Text("inner").Raw("}q\u0001(");
        for (int i = 0; i < 30_000; i++) bytes.Text("n").Raw("N");
        bytes.Raw("u");
        for (int i = 0; i < 30_000; i++) bytes.Text("k").Raw("h\u0001");
        Assert.Contains("holds no named tensors", Assert.Throws<DecantException>(() => Open(bytes.Raw("u"))).Message);
    }
}
