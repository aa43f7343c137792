using System.Globalization;
using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class PaletteTests
{
    /// <summary>Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.</summary>
    private static readonly (string Name, double[][] Matrix)[] Eyes =
    [
        ("full", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    ];

    private static (string Background, string Neutral, string[] Colours)[] Themes => [Palette.Light, Palette.Dark];

    [Fact]
    public void Colours_stay_apart_for_every_kind_of_eye()
    {
        foreach (var theme in Themes)
            foreach (var (eye, matrix) in Eyes)
            {
                var seen = theme.Colours.Append(theme.Neutral).Select(hex => OkLab(Apply(matrix, Linear(hex)))).ToList();
                double nearest = Pairs(seen).Min(pair => Distance(pair.A, pair.B));
                Assert.True(nearest > 0.10, $"{theme.Background}, {eye}: two colours are only {nearest:F3} apart in OKLab.");
            }
    }

    [Fact]
    public void Colours_stand_out_from_the_background()
    {
        foreach (var theme in Themes)
            foreach (string colour in theme.Colours.Append(theme.Neutral))
            {
                double contrast = Contrast(colour, theme.Background);
                Assert.True(contrast >= 3, $"{colour} on {theme.Background}: contrast {contrast:F2}, but graphics need 3 (WCAG 1.4.11).");
            }
    }

    [Fact]
    public void The_seventh_line_has_the_first_colour_and_another_dash()
    {
        Assert.Equal(Palette.Colour(0), Palette.Colour(6));
        Assert.Null(Palette.Dash(0));
        Assert.NotNull(Palette.Dash(6));
        Assert.NotEqual(Palette.Dash(6), Palette.Dash(12));
    }

    private static IEnumerable<(double[] A, double[] B)> Pairs(List<double[]> items) =>
        items.SelectMany((a, i) => items.Skip(i + 1).Select(b => (a, b)));

    private static double[] Linear(string hex) => [.. new[] { 1, 3, 5 }.Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
        .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    private static double[] Apply(double[][] matrix, double[] v) => [.. matrix.Select(row => Math.Clamp(row[0] * v[0] + row[1] * v[1] + row[2] * v[2], 0, 1))];

    private static double[] OkLab(double[] rgb)
    {
        double l = Math.Cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        double m = Math.Cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        double s = Math.Cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return [0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Contrast(string a, string b)
    {
        double[] luminance = [.. new[] { a, b }.Select(hex => Linear(hex)).Select(v => 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2])];
        return (luminance.Max() + 0.05) / (luminance.Min() + 0.05);
    }
}
