using Decant.Distillation.Reports.ModelCards;
using YamlDotNet.Serialization;

namespace Decant.Distillation.Tests.Reports.ModelCards;

public class FrontMatterTests
{
    private static Dictionary<string, object> Read(ModelCard card)
    {
        string[] parts = FrontMatter.Of(card).Split("---\n");
        Assert.Equal(3, parts.Length);
        Assert.Equal(("", ""), (parts[0], parts[2]));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parts[1]);
    }

    [Fact]
    public void Has_the_form_of_the_hub() => Assert.Equal("""
        ---
        language: en
        library_name: transformers
        pipeline_tag: text-classification
        tags:
          - bert
          - knowledge-distillation
          - decant
        datasets:
          - glue
        metrics:
          - accuracy
          - matthews_correlation
        model-index:
          - name: bert-6x192-sst2-pkd
            results:
              - task:
                  type: text-classification
                dataset:
                  name: "GLUE SST-2"
                  type: glue
                  config: sst2
                  split: validation
                metrics:
                  - name: Accuracy
                    type: accuracy
                    value: 0.915
                  - name: Matthews
                    type: matthews_correlation
                    value: 0.5
        ---

        """, FrontMatter.Of(SampleCard.Card));

    [Fact]
    public void Licence_and_base_model_are_there_when_told()
    {
        var yaml = Read(SampleCard.Card with { License = "apache-2.0", BaseModel = "google-bert/bert-base-uncased", Teacher = null });
        Assert.Equal(("apache-2.0", "google-bert/bert-base-uncased"), (yaml["license"], yaml["base_model"]));
        Assert.Equal(["bert", "decant"], (List<object>)yaml["tags"]);
    }

    [Theory]
    [InlineData("/home/someone/model")]
    [InlineData("../model")]
    [InlineData(@"C:\model")]
    [InlineData("a/b/c")]
    [InlineData("a\n")]
    public void A_path_is_no_base_model(string path) => Assert.DoesNotContain("base_model", Read(SampleCard.Card with { BaseModel = path }).Keys);

    [Fact]
    public void Data_that_is_not_on_the_hub_is_named_in_the_results_alone()
    {
        var yaml = Read(SampleCard.Card with { Data = new ModelCardData { Name = "own reviews" } });
        Assert.DoesNotContain("datasets", yaml.Keys);
        Assert.Contains("model-index", yaml.Keys);
    }

    [Theory]
    [InlineData("---\nlicense: stolen\n---")]
    [InlineData("a: b # c")]
    [InlineData("{[&*!|>%@`")]
    [InlineData("\"'\\ \t \u0007 ö 😀 \u2028")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData(" leading and trailing ")]
    [InlineData("a very long line that goes on and on, longer than any emitter would like a line to be, so that it might be tempted to fold it somewhere in the middle of a sentence")]
    public void Any_name_is_read_back_as_it_was(string name)
    {
        var yaml = Read(SampleCard.Card with { Name = name, License = name });
        Assert.Equal(name, yaml["license"]);
        Assert.Equal(name, ((Dictionary<object, object>)((List<object>)yaml["model-index"])[0])["name"]);
    }
}
