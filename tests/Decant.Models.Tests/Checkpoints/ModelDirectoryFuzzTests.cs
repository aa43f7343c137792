using System.Text;
using Decant.Models.Checkpoints;
using Decant.Tests;

namespace Decant.Models.Tests.Checkpoints;

public sealed class ModelDirectoryFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_configuration_is_read_or_refused_and_nothing_else()
    {
        byte[] good = Encoding.UTF8.GetBytes("""
            {"architectures":["BertForSequenceClassification"],"model_type":"bert","vocab_size":120,"hidden_size":16,"num_hidden_layers":2,
             "num_attention_heads":2,"hidden_act":"gelu","layer_norm_eps":1e-12,"id2label":{"0":"no","1":"yes"},"label2id":{"no":0,"yes":1},
             "problem_type":"single_label_classification","position_embedding_type":"absolute","decant_classifier_head":"relu"}
            """);
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(good, 500, seed: 4))
        {
            _folder.Write("config.json", bytes);
            try
            {
                ModelDirectory.Open(_folder.Root);
            }
            catch (DecantException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 499);
    }

    [Theory]
    [InlineData("""{"model_type":"\ud800"}""")]
    [InlineData("""{"model_type":"bert","problem_type":"\ud800"}""")]
    [InlineData("""{"model_type":"bert","id2label":{"0":"\ud800"}}""")]
    [InlineData("""{"hidden_size":768,"hidden_size":16}""")]
    [InlineData("""{"x":1,"x":2}""")]
    public void Broken_text_and_repeated_keys_are_refused(string json)
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(json));
        Assert.Contains("is not a model configuration", Assert.Throws<DecantException>(() => ModelDirectory.Open(_folder.Root)).Message);
    }
}
