using Decant.Models.FastBert;

namespace Decant.Models.Tests.FastBert;

public class UncertaintyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(150)]
    public void Equal_probabilities_are_guessing(int classes) => Assert.Equal(1, Uncertainty.Of(new float[classes]), 1e-12);

    // p = (0.8, 0.2): −(0.8 ln 0.8 + 0.2 ln 0.2) / ln 2 = 0.721928…
    [Fact]
    public void It_is_the_entropy_over_that_of_guessing() => Assert.Equal(0.7219280948873623, Uncertainty.Of([MathF.Log(4), 0]), 1e-6);

    [Fact]
    public void A_saturated_answer_is_sure() => Assert.Equal(0, Uncertainty.Of([1000, -1000, 0]));

    [Fact]
    public void A_shift_of_all_logits_changes_nothing() => Assert.Equal(Uncertainty.Of([1, 2, 3]), Uncertainty.Of([101, 102, 103]), 1e-9);

    // Of (ln 4, 0, −20, −20, …) the top two are p = (0.8, 0.2).
    [Fact]
    public void The_top_classes_are_scaled_to_1()
    {
        float[] logits = [-20, MathF.Log(4), -20, 0, -20];
        Assert.Equal(0.7219280948873623, Uncertainty.Of(logits, top: 2), 1e-6);
        Assert.Equal(Uncertainty.Of(logits), Uncertainty.Of(logits, top: 5));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Logits_that_are_not_numbers_are_never_sure(float broken) => Assert.Equal(1, Uncertainty.Of([broken, broken]));
}
