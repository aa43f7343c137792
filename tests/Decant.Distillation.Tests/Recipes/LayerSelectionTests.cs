using Decant.Distillation.Recipes;

namespace Decant.Tests.Recipes;

public class LayerSelectionTests
{
    [Theory]
    [InlineData("all", new[] { 0, 1, 2, 3 })]
    [InlineData("first 2", new[] { 0, 1 })]
    [InlineData("last 3", new[] { 1, 2, 3 })]
    [InlineData("first  4", new[] { 0, 1, 2, 3 })]
    [InlineData("[0, 2]", new[] { 0, 2 })]
    [InlineData("[3]", new[] { 3 })]
    [InlineData("stacked 6", new[] { 0, 1, 2, 3, 0, 1 })]
    [InlineData("stacked 2", new[] { 0, 1 })]
    public void Layers_are_counted_from_0(string text, int[] layers)
    {
        LayerSelection selection = LayerSelection.Parse(text);
        Assert.Equal(layers, selection.Resolve(4));
        Assert.Equal(selection, LayerSelection.Parse(selection.ToString()));
    }

    [Theory]
    [InlineData("first 5", "Layers 'first 5' do not fit: the model has 4 layers.")]
    [InlineData("[0, 4]", "Layer 4 of '[0, 4]' does not fit: the model has 4 layers, 0 to 3.")]
    public void A_layer_that_is_not_there_is_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<DecantException>(() => LayerSelection.Parse(text).Resolve(4)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("first 0")]
    [InlineData("first -1")]
    [InlineData("first six")]
    [InlineData("[2, 1]")]
    [InlineData("[1, 1]")]
    [InlineData("[]")]
    [InlineData("[-1]")]
    public void Other_text_is_refused(string text) => Assert.Equal(
        $"must be 'all', 'first 6', 'last 3', 'stacked 6' or a rising list of layers counted from 0 such as [0, 2, 4], but is '{text}'.",
        Assert.Throws<DecantException>(() => LayerSelection.Parse(text)).Message);
}
