using Decant.Text.Data;
using Decant.Text.Data.Synthetic;

namespace Decant.Text.Tests.Data.Synthetic;

/// <summary>The labels follow from the texts: a reader with rules of its own finds every one of them.</summary>
public class LabelTests
{
    private static readonly SyntheticReviewOptions Hardest = new()
    {
        MinDistractors = 2, MaxDistractors = 5, Negation = 0.3, DoubleNegation = 0.2, Contrast = 0.2, Attribution = 0.2, Comparative = 0.1,
        Link = 0.7, MaxLinks = 4, Turn = 0.6, MaxTurns = 8, Filler = 0.0,
    };

    [Fact]
    public void AReaderFindsEveryLabel()
    {
        foreach (SyntheticReviewOptions options in (SyntheticReviewOptions[])[new() { Filler = 0 }, Hardest])
            foreach (Example example in SyntheticReviews.Generate(4, 1000, options).Examples)
                Assert.True(ReviewReader.Read(example.Text) == (example.ClassIndex == 1), $"labelled {example.ClassIndex}: {example.Text}");
    }

    [Theory]
    [InlineData("You asked about the lens. The lens is not dull.", true)]
    [InlineData("You asked about the lens. Nobody can say the lens is not superb. The zoom is awful.", true)]
    [InlineData("I write about the lens. Although the lens looks superb, it is hardly good.", false)]
    [InlineData("I write about the lens. Kim calls the lens dull. I disagree with Tom about the lens. Tom agrees with Kim about the lens.", true)]
    [InlineData("I write about the lens. The lens is fine. By May I changed my mind about the lens. Then I stood by that. Then I took that back.", true)]
    public void TheReaderUnderstands(string text, bool good) => Assert.Equal(good, ReviewReader.Read(text));
}
