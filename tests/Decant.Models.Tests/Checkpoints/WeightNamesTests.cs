using Decant.Models.Checkpoints;

namespace Decant.Models.Tests.Checkpoints;

public sealed class WeightNamesTests
{
    private const string Words = "embeddings.word_embeddings.weight";

    [Theory]
    [InlineData("bert.", "classifier.weight")]
    [InlineData("module.bert.", "module.classifier.weight")]
    [InlineData("model.bert.", "model.classifier.weight")]
    [InlineData("_orig_mod.module.bert.", "_orig_mod.module.classifier.weight")]
    public void Takes_off_what_a_wrapper_put_before(string prefix, string head)
    {
        var map = WeightNames.Map("m", [prefix + Words, prefix + "encoder.layer.0.output.dense.bias", head]);
        Assert.Equal(["bert." + Words, "bert.encoder.layer.0.output.dense.bias", "classifier.weight"], map.Keys);
        Assert.Equal(prefix + Words, map["bert." + Words]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("encoder_model.")]
    public void Adds_the_prefix_to_an_encoder_saved_alone(string prefix)
    {
        var map = WeightNames.Map("m", [prefix + Words, prefix + "encoder.layer.0.output.dense.bias", prefix + "pooler.dense.weight"]);
        Assert.Equal(["bert." + Words, "bert.encoder.layer.0.output.dense.bias", "bert.pooler.dense.weight"], map.Keys);
    }

    [Fact]
    public void Leaves_a_head_beside_an_encoder_without_prefix_as_it_is() =>
        Assert.Equal(["bert." + Words, "classifier.weight"], WeightNames.Map("m", [Words, "classifier.weight"]).Keys);

    [Fact]
    public void Renames_gamma_and_beta_of_layer_norms_only()
    {
        var map = WeightNames.Map("m", ["bert.embeddings.LayerNorm.gamma", "bert.embeddings.LayerNorm.beta", "head.gamma"]);
        Assert.Equal(["bert.embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.bias", "head.gamma"], map.Keys);
    }

    [Fact]
    public void Takes_the_decoder_bias_for_the_prediction_bias_when_it_is_the_only_one()
    {
        Assert.Equal("cls.predictions.decoder.bias", WeightNames.Map("m", ["cls.predictions.decoder.bias"])["cls.predictions.bias"]);
        Assert.Equal("cls.predictions.bias", WeightNames.Map("m", ["cls.predictions.decoder.bias", "cls.predictions.bias"])["cls.predictions.bias"]);
    }

    [Fact]
    public void Refuses_two_tensors_for_one_name() =>
        Assert.Equal("m holds two tensors for 'bert.embeddings.LayerNorm.weight': 'bert.embeddings.LayerNorm.gamma' and 'bert.embeddings.LayerNorm.weight'. Remove the one that is not meant.",
            Assert.Throws<DecantException>(() => WeightNames.Map("m", ["bert.embeddings.LayerNorm.gamma", "bert.embeddings.LayerNorm.weight"])).Message);

    [Fact]
    public void Refuses_several_models_in_one_file() =>
        Assert.Contains("holds several models ('teacher.bert.…', 'student.bert.…')",
            Assert.Throws<DecantException>(() => WeightNames.Map("m", ["teacher.bert." + Words, "student.bert." + Words])).Message);
}
