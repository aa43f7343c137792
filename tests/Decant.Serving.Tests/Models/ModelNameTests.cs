using Decant.Serving.Models;

namespace Decant.Serving.Tests.Models;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("runs/reviews", "reviews", "runs/reviews")]
    [InlineData("runs/reviews/", "reviews", "runs/reviews/")]
    [InlineData("runs/reviews/seed-1/model", "reviews", "runs/reviews/seed-1/model")]
    [InlineData("mine=runs/reviews", "mine", "runs/reviews")]
    [InlineData("mine=a=b", "mine", "a=b")]
    [InlineData("/data/lr=5e-5", "lr=5e-5", null)]
    public void A_path_names_itself_unless_a_name_is_given(string argument, string name, string? path)
    {
        if (path is null) Assert.Throws<DecantException>(() => ModelName.Parse(argument));
        else Assert.Equal((name, path), ModelName.Parse(argument));
    }

    [Theory]
    [InlineData("my model=path", "'my model' cannot be the name of a model: it must be 1 to 100 letters, digits, '.', '_' or '-'.")]
    [InlineData("..=path", "'..' cannot be the name of a model: it must be 1 to 100 letters, digits, '.', '_' or '-'.")]
    [InlineData("runs/größe", "'größe' cannot be the name of a model: it must be 1 to 100 letters, digits, '.', '_' or '-'. Name it yourself: NAME=runs/größe.")]
    public void What_cannot_be_part_of_an_address_is_refused(string argument, string message) =>
        Assert.Equal(message, Assert.Throws<DecantException>(() => ModelName.Parse(argument)).Message);
}
