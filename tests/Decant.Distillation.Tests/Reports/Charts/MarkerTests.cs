using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class MarkerTests
{
    [Fact]
    public void Slots_differ_in_shape_until_they_repeat()
    {
        string[] shapes = [.. Enumerable.Range(-1, 7).Select(slot => Marker.Path(slot, 50, 50, 4))];
        Assert.Equal(7, shapes.Distinct().Count());
        Assert.Equal(Marker.Path(0, 50, 50, 4), Marker.Path(6, 50, 50, 4));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_shape_is_centred_and_closed(int slot)
    {
        string path = Marker.Path(slot, 50, 50, 4);
        Assert.EndsWith("z", path);
        double[] numbers = [.. Regex.Matches(path, @"-?[\d.]+").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(50, numbers.Where((_, i) => i % 2 == 0).Average(), 1);
        Assert.All(numbers, number => Assert.InRange(number, 43, 57));
    }
}
