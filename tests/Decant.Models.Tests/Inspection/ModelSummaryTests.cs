using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Inspection;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Inspection;

public class ModelSummaryTests
{
    [Fact]
    public void Parameters_are_counted_by_part()
    {
        using var folder = new TemporaryFolder();
        var config = new BertConfig { VocabSize = 50, HiddenSize = 8, Layers = 3, Heads = 2, IntermediateSize = 20, MaxPositions = 40 };
        long parameters;
        using (var model = new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.02)))
        {
            parameters = model.ParameterCount;
            ModelDirectory.Save(folder.Root, ModelKind.SequenceClassification, config, model.NamedParameters(), new ModelLabels(["no", "yes"]));
        }

        ModelSummary summary = ModelSummary.Of(folder.Root);
        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(4 * parameters, summary.Bytes);
        Assert.Equal(["no", "yes"], summary.Labels);
        Assert.Equal([DType.Float32], summary.DTypes);
        Assert.Equal(
        [
            new ModelPart("word embeddings", 1, 400, 1600),
            new ModelPart("position embeddings", 1, 320, 1280),
            new ModelPart("segment embeddings", 1, 16, 64),
            new ModelPart("embedding norm", 2, 16, 64),
            new ModelPart("attention, 3 layers", 30, 3 * (4 * (64 + 8) + 16), 12 * (4 * (64 + 8) + 16)),
            new ModelPart("feed-forward, 3 layers", 18, 3 * (2 * 160 + 28 + 16), 12 * (2 * 160 + 28 + 16)),
            new ModelPart("pooler", 2, 72, 288),
            new ModelPart("head", 2, 18, 72),
        ], summary.Parts);
        Assert.Equal([32], summary.Flops.Keys);
    }

    [Theory]
    [InlineData("bert.embeddings.word_embeddings.weight", "word embeddings")]
    [InlineData("embeddings.word_embeddings.weight", "word embeddings")]
    [InlineData("bert.embeddings.LayerNorm.gamma", "embedding norm")]
    [InlineData("bert.encoder.layer.11.attention.output.LayerNorm.weight", "attention")]
    [InlineData("encoder.layer.0.output.LayerNorm.weight", "feed-forward")]
    [InlineData("bert.pooler.dense.bias", "pooler")]
    [InlineData("cls.predictions.bias", "head")]
    public void A_tensor_is_sorted_by_its_name(string tensor, string part) => Assert.Equal(part, ModelPart.Of(tensor));
}
