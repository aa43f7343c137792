using System.Text.Json;
using Decant.Distillation.LayerMaps;

namespace Decant.Tests.LayerMaps;

public class LayerMapRuleTests
{
    [Theory]
    [InlineData("skip", 12, 6, "1←2, 2←4, 3←6, 4←8, 5←10")]
    [InlineData("last", 12, 6, "1←7, 2←8, 3←9, 4←10, 5←11")]
    [InlineData("skip", 12, 3, "1←4, 2←8")]
    [InlineData("last", 12, 3, "1←10, 2←11")]
    [InlineData("skip", 24, 6, "1←4, 2←8, 3←12, 4←16, 5←20")]
    [InlineData("skip", 24, 3, "1←8, 2←16")]
    [InlineData("first", 12, 4, "1←1, 2←2, 3←3")]
    [InlineData("skip", 6, 6, "1←1, 2←2, 3←3, 4←4, 5←5")]
    public void Pkd_teaches_all_layers_but_the_top(string rule, int teacher, int student, string pairs) =>
        Assert.Equal(pairs, LayerMapRule.Parse(rule).For(teacher, student).ToString());

    [Theory]
    [InlineData("skip", 12, 5, "1←2, 2←5, 3←7, 4←10")] // 2.4, 4.8, 7.2, 9.6
    [InlineData("skip", 10, 4, "1←2, 2←5, 3←8")] // 2.5 and 7.5 go to the even neighbour
    [InlineData("t_top10", 12, 4, "0←0, 1←2, 2←5, 3←8, 4←10")]
    [InlineData("t_top8", 12, 6, "0←0, 1←1, 2←3, 3←4, 4←5, 5←7, 6←8")]
    [InlineData("uniform", 12, 4, "0←0, 1←3, 2←6, 3←9, 4←12")]
    public void Halves_round_to_even(string rule, int teacher, int student, string pairs) =>
        Assert.Equal(pairs, LayerMapRule.Parse(rule).For(teacher, student).ToString());

    [Fact]
    public void Proportion_is_the_rounding_of_the_decimal_quotient()
    {
        for (int parts = 1; parts <= 24; parts++)
            for (int whole = 1; whole <= 48; whole++)
                for (int part = 0; part <= parts; part++)
                    Assert.Equal((int)Math.Round((decimal)whole * part / parts, MidpointRounding.ToEven), LayerMapRule.Proportion(whole, part, parts));
    }

    [Theory]
    [InlineData("[2, 4, 6]", "1←2, 2←4, 3←6")]
    [InlineData("[12]", "1←12")]
    [InlineData("{1: 2, 2: 5}", "1←2, 2←5")]
    [InlineData("{3: [8, 7], 0: 0, 1: [1]}", "0←0, 1←1, 3←7, 3←8")]
    [InlineData("{1: 2, 2: 5} keep 1", "2←5")]
    [InlineData("t_top10 keep 2", "5←8, 6←10")]
    public void Explicit_pairs_are_taken_as_they_are(string text, string pairs) =>
        Assert.Equal(pairs, LayerMapRule.Parse(text).For(12, 6).ToString());

    [Theory]
    [InlineData("skip", "skip")]
    [InlineData(" t_top10   keep 3 ", "t_top10 keep 3")]
    [InlineData("[2,4,6]", "[2, 4, 6]")]
    [InlineData("{1:2,2:[5,6]}", "{1: 2, 2: [5, 6]}")]
    [InlineData("{1: 2} keep 1", "{1: 2} keep 1")]
    public void Text_goes_there_and_back(string text, string canonical)
    {
        LayerMapRule rule = LayerMapRule.Parse(text);
        Assert.Equal(canonical, rule.ToString());
        Assert.Equal(rule, LayerMapRule.Parse(canonical));
        Assert.Equal(rule.GetHashCode(), LayerMapRule.Parse(canonical).GetHashCode());
    }

    [Theory]
    [InlineData("middle")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[2, x]")]
    [InlineData("[2, -1]")]
    [InlineData("[99999999999]")]
    [InlineData("{1: }")]
    [InlineData("{1: 2 3}")]
    [InlineData("{a: 2}")]
    [InlineData("{1: [2}")]
    [InlineData("t_top0")]
    [InlineData("t_top")]
    [InlineData("skip keep 0")]
    [InlineData("keep 2")]
    [InlineData("[")]
    public void Other_text_is_refused_with_what_is_allowed(string text)
    {
        string message = Assert.Throws<DecantException>(() => LayerMapRule.Parse(text)).Message;
        Assert.StartsWith("must be skip, last, first, uniform, t_top10, a list such as [2, 4, 6]", message);
        Assert.EndsWith($"but is '{text}'.", message.Replace("'keep 2'", $"'{text}'"));
    }

    [Fact]
    public void Endless_text_is_refused_at_once() => Assert.EndsWith("but has 1000001 characters, and 2000 are the most.",
        Assert.Throws<DecantException>(() => LayerMapRule.Parse("a" + new string(' ', 1_000_000))).Message);

    [Theory]
    [InlineData("skip", 12, 1, "The layer map 'skip' teaches all student layers but the top one, and this student has 1. Take a deeper student, or another map such as uniform.")]
    [InlineData("last", 4, 6, "The layer map 'last' needs a student that is no deeper than its teacher, but the student has 6 layers and the teacher 4.")]
    [InlineData("t_top10", 8, 4, "The layer map 't_top10' goes up to teacher layer 10, but the teacher has 8 layers.")]
    [InlineData("[2, 4, 6, 8]", 12, 3, "The layer map [2, 4, 6, 8] lists 4 teacher layers, but the student has 3 layers to teach.")]
    [InlineData("[2, 13]", 12, 6, "The layer map asks for teacher layer 13, but the teacher has 12 layers (1 to 12; 0 is the embeddings).")]
    [InlineData("{7: 2}", 12, 6, "The layer map asks for student layer 7, but the student has 6 layers (1 to 6; 0 is the embeddings).")]
    [InlineData("{1: [2, 2]}", 12, 6, "The layer map pairs student layer 1 with teacher layer 2 twice.")]
    [InlineData("skip keep 6", 12, 6, "Cannot keep the top 6 student layers: the layer map has 5 (1, 2, 3, 4, 5).")]
    public void A_map_that_does_not_fit_says_which_layer_and_how_many_there_are(string rule, int teacher, int student, string message) =>
        Assert.Equal(message, Assert.Throws<DecantException>(() => LayerMapRule.Parse(rule).For(teacher, student)).Message);

    [SkippableFact]
    public void Maps_are_those_of_the_marginal_utility_code()
    {
        string path = TestPaths.Require(TestPaths.Goldens, "mud_select.json");
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(path));
        int cases = 0;
        foreach (JsonProperty expected in golden.RootElement.GetProperty("scalars").GetProperty("layer_maps").EnumerateObject())
        {
            string[] name = expected.Name.Split('/'); // student4/t_top8/keep1
            int student = int.Parse(name[0]["student".Length..]), keep = int.Parse(name[2]["keep".Length..]);
            LayerMap map = LayerMapRule.Parse($"{name[1]} keep {keep}").For(12, student);
            Assert.Equal(Layers(expected, "student"), map.Select(p => p.Student));
            Assert.Equal(Layers(expected, "teacher"), map.Select(p => p.Teacher));
            // The attention that made hidden layer t is number t-1 when attentions are counted from 0.
            Assert.Equal(Layers(expected, "attention_own"), map.Select(p => Math.Max(p.Teacher - 1, 0)));
            Assert.Equal(Layers(expected, "attention_ttop12"),
                LayerMapRule.TeacherTop(12).KeepTop(keep).For(12, student).Select(p => Math.Max(p.Teacher - 1, 0)));
            cases++;
        }
        Assert.True(cases >= 36, $"only {cases} layer maps in {path}");
    }

    private static int[] Layers(JsonProperty expected, string name) =>
        [.. expected.Value.GetProperty(name).EnumerateArray().Select(e => e.GetInt32())];
}
