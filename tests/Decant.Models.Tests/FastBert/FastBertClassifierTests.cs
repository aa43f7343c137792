using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.FastBert;

public class FastBertClassifierTests
{
    [Theory]
    [InlineData(FastBertPart.All, true, true, true)]
    [InlineData(FastBertPart.Backbone, true, true, false)]
    [InlineData(FastBertPart.Teacher, false, true, false)]
    [InlineData(FastBertPart.Branches, false, false, true)]
    public void What_is_not_trained_is_frozen(FastBertPart part, bool encoder, bool teacher, bool branches)
    {
        using FastBertClassifier model = SmallFastBert.Model();
        model.Train(part);
        foreach ((string name, Tensor tensor) in model.NamedParameters())
            Assert.Equal(name.StartsWith("bert.", StringComparison.Ordinal) ? encoder : name.StartsWith("branches.4.", StringComparison.Ordinal) ? teacher : branches, tensor.RequiresGrad);
    }

    [Fact]
    public void Dropout_leaves_frozen_parts_alone_unless_told_otherwise()
    {
        using var scope = new TensorScope();
        using FastBertClassifier model = SmallFastBert.Model();
        ModelInput input = SmallFastBert.Input(SmallFastBert.Texts(4));
        float[] Logits(Dropout? dropout) => model.Forward(input, OutputRequest.LogitsOnly, dropout).Logits.ToArray<float>();
        model.Train(FastBertPart.Branches);
        float[] calm = Logits(null);
        Assert.Equal(calm, Logits(new Dropout(new RandomStream(1, "dropout"))));
        model.DropoutWhereFrozen = true;
        Assert.NotEqual(calm, Logits(new Dropout(new RandomStream(1, "dropout"))));
    }

    [Fact]
    public void A_branch_that_the_model_does_not_have_is_refused()
    {
        using var scope = new TensorScope();
        using FastBertClassifier model = SmallFastBert.Model();
        var error = Assert.Throws<DecantException>(() => model.Forward(SmallFastBert.Input([1, 2]), new OutputRequest { BranchLogits = [6] }));
        Assert.Equal("The classifier of layer 6 was asked for; the model has layers 1 to 5.", error.Message);
    }

    [Fact]
    public void A_number_has_no_uncertainty()
    {
        var error = Assert.Throws<DecantException>(() => SmallFastBert.Model(outputs: 1));
        Assert.Equal("FastBERT needs two classes or more: it leaves early where the classes' probabilities are sure, and a single number has none.", error.Message);
    }
}
