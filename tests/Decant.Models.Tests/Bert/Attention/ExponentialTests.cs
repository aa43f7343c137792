using System.Runtime.Intrinsics;
using Decant.Models.Bert.Attention;

namespace Decant.Models.Tests.Bert.Attention;

public class ExponentialTests
{
    [Fact]
    public void It_is_within_a_few_units_in_the_last_place()
    {
        for (float x = -87; x <= 88; x += 0.0137f)
        {
            double expected = Math.Exp(x);
            Assert.Equal(1, Of(x) / expected, 4e-7);
        }
        Assert.Equal(1, Of(0));
    }

    [Theory]
    [InlineData(-87.01f)]
    [InlineData(-10000)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_masked_is_0(float x) => Assert.Equal(0, Of(x));

    private static float Of(float x) => Exponential.Of(Vector256.Create(x))[3];
}
