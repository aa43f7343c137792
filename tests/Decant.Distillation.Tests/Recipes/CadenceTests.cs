using Decant.Distillation.Recipes;

namespace Decant.Tests.Recipes;

public class CadenceTests
{
    [Theory]
    [InlineData("epoch", 7, false, false)]
    [InlineData("epoch", 7, true, true)]
    [InlineData("never", 7, true, false)]
    [InlineData("5", 10, false, true)]
    [InlineData("5", 11, true, false)]
    public void It_is_due_when_it_says(string text, long step, bool endOfEpoch, bool due) =>
        Assert.Equal(due, Cadence.Parse(text).IsDue(step, endOfEpoch));

    [Theory]
    [InlineData("epoch")]
    [InlineData("never")]
    [InlineData("500")]
    public void Text_goes_there_and_back(string text) => Assert.Equal(text, Cadence.Parse(text).ToString());

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("Epoch")]
    public void Other_text_is_refused(string text) => Assert.Equal(
        $"must be 'epoch', 'never' or a number of steps from 1, but is '{text}'.",
        Assert.Throws<DecantException>(() => Cadence.Parse(text)).Message);
}
