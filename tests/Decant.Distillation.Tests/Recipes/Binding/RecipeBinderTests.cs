using System.ComponentModel.DataAnnotations;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Tests.Recipes.Binding;

public class RecipeBinderTests
{
    private sealed record Inner
    {
        [Range(0, 10)] public int Depth { get; init; } = 3;
    }

    private enum Colour { DeepRed, Green }

    private sealed record Outer : IRecipeRules
    {
        [Range(1, 64)] public int Count { get; init; } = 7;
        public long? Big { get; init; }
        [Range(0.0, 1.0, MinimumIsExclusive = true)] public double Rate { get; init; } = 0.5;
        [Range(0.0, 1.0, MaximumIsExclusive = true)] public float Share { get; init; }
        public bool Flag { get; init; }
        public string Text { get; init; } = "t";
        [RegularExpression("[a-z]+", ErrorMessage = "a small word")] public string? Word { get; init; }
        public Colour Colour { get; init; } = Colour.Green;
        [Range(1, 9), MinLength(2)] public ValueList<int> Numbers { get; init; } = [1, 2];
        public IReadOnlyList<string>? Names { get; init; }
        public ValueList<Inner> Inners { get; init; } = [];
        public Inner Inner { get; init; } = new();
        public Cadence Every { get; init; } = Cadence.Epoch;
        public RecipeNode? Raw { get; init; }

        public IEnumerable<RecipeProblem> Problems()
        {
            if (Flag && Inner.Depth == 0) yield return new("inner.depth", "is 0, which flag does not allow");
        }
    }

    private sealed record Needy
    {
        public required string Must { get; init; }
    }

    [Fact]
    public void Nothing_written_is_all_defaults() => Assert.Equal(new Outer(), Bind<Outer>("{}"));

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        Outer outer = Bind<Outer>("""
            count: 64
            big: 9007199254740993
            rate: 1e-3
            share: .25
            flag: true
            text: 12
            word: abc
            colour: deepRed
            numbers: [3, 9]
            names:
              - one
              - "2"
            inners: [{}, { depth: 4 }]
            inner: { depth: 0x }
            every: 500
            raw: { any: [thing, 1] }
            """.Replace("0x", "9"));
        Assert.Equal((64, 9007199254740993, 0.001, 0.25f, true), (outer.Count, outer.Big, outer.Rate, outer.Share, outer.Flag));
        Assert.Equal(("12", "abc", Colour.DeepRed), (outer.Text, outer.Word, outer.Colour));
        Assert.Equal([3, 9], outer.Numbers);
        Assert.Equal(["one", "2"], outer.Names!);
        Assert.Equal([new Inner(), new Inner { Depth = 4 }], outer.Inners);
        Assert.Equal(9, outer.Inner.Depth);
        Assert.Equal(Cadence.Every(500), outer.Every);
        Assert.Equal("{any: [thing, 1]}", outer.Raw!.ToFlow());
    }

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    public void A_value_that_may_be_empty_may_be_empty(string nothing) => Assert.Null(Bind<Outer>($"word: {nothing}").Word);

    [Theory]
    [InlineData("cuont: 3", "f.yaml:1: unknown key 'cuont'. Did you mean 'count'? Valid keys: count, big, rate, share, flag, text, word, colour, numbers, names, inners, inner, every, raw.")]
    [InlineData("Count: 3", "f.yaml:1: unknown key 'Count'. Did you mean 'count'? Valid keys: ")]
    [InlineData("zzzzzzzzzz: 3", "f.yaml:1: unknown key 'zzzzzzzzzz'. Valid keys: count,")]
    [InlineData("inner: { dept: 1 }", "f.yaml:1: unknown key 'dept' in inner. Did you mean 'depth'? Valid keys: depth.")]
    [InlineData("inners:\n- depth: 1\n- dept: 1", "f.yaml:3: unknown key 'dept' in inners.1. Did you mean 'depth'?")]
    [InlineData("\n\ncount: 0", "f.yaml:3: count must be a whole number from 1 to 64, but is 0.")]
    [InlineData("count: 1.5", "f.yaml:1: count must be a whole number from 1 to 64, but is '1.5'.")]
    [InlineData("count: 99999999999", "f.yaml:1: count must be a whole number from 1 to 64, but is '99999999999'.")]
    [InlineData("count:", "f.yaml:1: count is empty; it must be a whole number from 1 to 64.")]
    [InlineData("count: [1]", "f.yaml:1: count must be a whole number from 1 to 64, but is a list.")]
    [InlineData("rate: 0", "f.yaml:1: rate must be a number above 0 to 1, but is 0.")]
    [InlineData("rate: .nan", "f.yaml:1: rate must be a number above 0 to 1, but is '.nan'.")]
    [InlineData("rate: 1e999", "f.yaml:1: rate must be a number above 0 to 1, but is '1e999'.")]
    [InlineData("rate: 0,5", "f.yaml:1: rate must be a number above 0 to 1, but is '0,5'.")]
    [InlineData("share: 1", "f.yaml:1: share must be a number from 0 to below 1, but is 1.")]
    [InlineData("flag: yes", "f.yaml:1: flag must be true or false, but is 'yes'.")]
    [InlineData("text: { a: b }", "f.yaml:1: text must be a text, but is a map.")]
    [InlineData("word: A1", "f.yaml:1: word must be a small word, but is 'A1'.")]
    [InlineData("colour: gren", "f.yaml:1: colour must be one of deepRed, green, but is 'gren'. Did you mean 'green'?")]
    [InlineData("colour: 1", "f.yaml:1: colour must be one of deepRed, green, but is '1'.")]
    [InlineData("numbers: 3", "f.yaml:1: numbers must be a list, but is '3'.")]
    [InlineData("numbers: [3]", "f.yaml:1: numbers needs 2 or more entries, but has 1.")]
    [InlineData("numbers: [3, 10]", "f.yaml:1: numbers must be a list, each entry a whole number from 1 to 9, but has the entry 10.")]
    [InlineData("numbers: [3, x]", "f.yaml:1: numbers.1 must be a whole number from 1 to 9, but is 'x'.")]
    [InlineData("names: [a, ]\ninner: 3", "f.yaml:2: inner must be a map of keys, but is '3'.")]
    [InlineData("names: [a, ~]", "f.yaml:1: names.1 must be a text, but is empty.")]
    [InlineData("every: sometimes", "f.yaml:1: every must be 'epoch', 'never' or a number of steps from 1, but is 'sometimes'.")]
    [InlineData("flag: true\ninner:\n  depth: 0", "f.yaml:2: inner.depth is 0, which flag does not allow.")]
    [InlineData("- a", "f.yaml:1: the recipe must be a map of keys, but is a list.")]
    [InlineData("word", "f.yaml:1: the recipe must be a map of keys, but is 'word'.")]
    public void Errors_say_where_what_and_what_is_allowed(string yaml, string message) =>
        Assert.StartsWith(message, Assert.Throws<RecipeException>(() => Bind<Outer>(yaml)).Message);

    [Fact]
    public void A_required_key_must_be_there()
    {
        Assert.Equal("f.yaml:1: must is missing.", Assert.Throws<RecipeException>(() => Bind<Needy>("{}")).Message);
        Assert.Equal("f.yaml:1: must is empty; it must be a text.", Assert.Throws<RecipeException>(() => Bind<Needy>("must:")).Message);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        RecipeException e = Assert.Throws<RecipeException>(() => Bind<Outer>("count: x\nrate: 2\ninner:\n  depth: 11\n  dpeth: 3\n"));
        Assert.Equal(
            [
                "f.yaml:1: count must be a whole number from 1 to 64, but is 'x'.",
                "f.yaml:2: rate must be a number above 0 to 1, but is 2.",
                "f.yaml:4: inner.depth must be a whole number from 0 to 10, but is 11.",
                "f.yaml:5: unknown key 'dpeth' in inner. Did you mean 'depth'? Valid keys: depth.",
            ], e.Problems.Select(p => p));
        Assert.Equal(string.Join('\n', e.Problems), e.Message);
    }

    [Fact]
    public void Hundreds_of_errors_are_cut_short()
    {
        string yaml = string.Concat(Enumerable.Range(0, 300).Select(i => $"k{i}: 1\n"));
        RecipeException e = Assert.Throws<RecipeException>(() => Bind<Outer>(yaml));
        Assert.Equal(300, e.Problems.Count);
        Assert.Equal(21, e.Message.Split('\n').Length);
        Assert.EndsWith("… and 280 more.", e.Message);
    }

    [Fact]
    public void Long_and_odd_text_is_shortened_in_errors()
    {
        string line = Assert.Throws<RecipeException>(() => Bind<Outer>($"\"a\\n{new string('x', 900)}\": 1")).Message;
        Assert.StartsWith($"f.yaml:1: unknown key 'a {new string('x', 78)}…'. Valid keys: ", line);
        Assert.EndsWith($"but is '{new string('9', 80)}…'.", Assert.Throws<RecipeException>(() => Bind<Outer>($"count: {new string('9', 500_000)}")).Message);
    }

    [Fact]
    public void A_binder_can_be_used_again_after_an_error()
    {
        RecipeBinder binder = new();
        Assert.Throws<RecipeException>(() => binder.Bind<Outer>(RecipeYaml.Parse("count: 0", "f.yaml")));
        Assert.Equal(3, binder.Bind<Outer>(RecipeYaml.Parse("count: 3", "f.yaml")).Count);
    }

    [Theory]
    [InlineData("softLables: {}", "f.yaml:1: objectives.softLables is not an objective. Did you mean 'softLabels'? Valid objectives: hardLabels, patience, softLabels.")]
    [InlineData("softLabels:", "f.yaml:1: objectives.softLabels is empty; write {} for its defaults, or off to leave it out.")]
    [InlineData("softLabels: 3", "f.yaml:1: objectives.softLabels must be a map of keys, but is '3'.")]
    [InlineData("softLabels: { temprature: 3 }", "f.yaml:1: unknown key 'temprature' in objectives.softLabels. Did you mean 'temperature'? Valid keys: weight, temperature, reduction, temperatureSquared.")]
    [InlineData("patience: { layers: middle }", "f.yaml:1: objectives.patience.layers must be skip, last, first, uniform, t_top10,")]
    [InlineData("hardLabels: off", "f.yaml:1: objectives needs 1 or more entries, but has 0.")]
    public void Objectives_are_read_by_their_own_options(string objectives, string message) => Assert.StartsWith(message,
        Assert.Throws<RecipeException>(() => Bind<StageOptions>($"{{ epochs: 1, objectives: {{ {objectives} }} }}")).Message);

    private static T Bind<T>(string yaml) where T : class =>
        new RecipeBinder(TestObjectives.Catalog).Bind<T>(RecipeYaml.Parse(yaml, "f.yaml"));
}
