using System.Text.Json.Nodes;
using Decant.Models.Checkpoints;

namespace Decant.Models.Tests.Checkpoints;

public sealed class ModelLabelsTests
{
    private static ModelLabels? Read(string json) => ModelLabels.Read(JsonNode.Parse(json)!.AsObject(), "config.json");

    [Fact]
    public void Orders_labels_by_their_ids_not_by_their_place() =>
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"], Read("""
            {"id2label":{"10":"k","2":"c","1":"b","0":"a","3":"d","4":"e","5":"f","6":"g","7":"h","8":"i","9":"j"}}
            """)!.Names);

    [Fact]
    public void Trusts_id2label_over_label2id() =>
        Assert.Equal(["entailment", "neutral"], Read("""{"label2id":{"LABEL_0":0,"LABEL_1":1},"id2label":{"0":"entailment","1":"neutral"}}""")!.Names);

    [Fact]
    public void Falls_back_to_label2id_and_to_a_count()
    {
        Assert.Equal(["x", "y"], Read("""{"label2id":{"y":1,"x":0}}""")!.Names);
        Assert.Equal(["LABEL_0", "LABEL_1", "LABEL_2"], Read("""{"num_labels":3}""")!.Names);
        Assert.Null(Read("{}"));
    }

    [Theory]
    [InlineData("""{"id2label":{"0":"a","2":"b"}}""", "config.json: id2label must give a name to each output from 0 to 1, once.")]
    [InlineData("""{"id2label":{"0":"a","x":"b"}}""", "config.json: id2label must give a name to each output from 0 to 1, once.")]
    [InlineData("""{"id2label":{"0":["a"]}}""", "config.json: id2label must give a name to each output from 0 to 0, once.")]
    [InlineData("""{"label2id":{"a":0,"b":0}}""", "config.json: label2id must give a name to each output from 0 to 1, once.")]
    [InlineData("""{"id2label":{"0":"a","1":"a"}}""", "config.json: id2label: The label 'a' is there twice; every output needs its own.")]
    [InlineData("""{"id2label":{}}""", "config.json: id2label is empty.")]
    public void Refuses_labels_that_do_not_name_every_output_once(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<DecantException>(() => Read(json)).Message);

    [Fact]
    public void Finds_outputs_by_label()
    {
        var labels = new ModelLabels(["no", "yes"]);
        Assert.Equal(1, labels.IdOf("yes"));
        Assert.Equal("The model has no label 'maybe'; it has no, yes.", Assert.Throws<DecantException>(() => labels.IdOf("maybe")).Message);
    }

    [Fact]
    public void Needs_at_least_one_label() => Assert.Throws<DecantException>(() => new ModelLabels([]));
}
