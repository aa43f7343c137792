using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Charts;

/// <summary>The shape of a slot's points, so that colour is never the only difference.</summary>
internal static class Marker
{
    private const int Shapes = 6;

    /// <summary>The outline around a point as SVG path data.</summary>
    /// <param name="slot">0 and up, or <see cref="Palette.Neutral"/> for the teacher's star.</param>
    /// <param name="x">Centre.</param>
    /// <param name="y">Centre.</param>
    /// <param name="r">Half the size.</param>
    public static string Path(int slot, double x, double y, double r) => slot < 0 ? Star(x, y, r * 1.5) : (slot % Shapes) switch
    {
        0 => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0z",
        1 => Polygon(x, y, r * 1.2, sides: 4, turn: 45),
        2 => Polygon(x, y, r * 1.3, sides: 3, turn: 0),
        3 => Polygon(x, y, r * 1.3, sides: 4, turn: 0),
        4 => Polygon(x, y, r * 1.3, sides: 3, turn: 180),
        _ => Polygon(x, y, r * 1.15, sides: 6, turn: 0),
    };

    private static string Polygon(double x, double y, double r, int sides, double turn) =>
        Outline(Enumerable.Range(0, sides).Select(i => Corner(x, y, r, turn + i * 360.0 / sides)));

    private static string Star(double x, double y, double r) =>
        Outline(Enumerable.Range(0, 10).Select(i => Corner(x, y, i % 2 == 0 ? r : r * 0.45, i * 36)));

    private static (double X, double Y) Corner(double x, double y, double r, double degrees) =>
        (x + r * Math.Sin(degrees * Math.PI / 180), y - r * Math.Cos(degrees * Math.PI / 180));

    private static string Outline(IEnumerable<(double X, double Y)> corners) =>
        "M" + string.Join("L", corners.Select(corner => $"{N(corner.X)} {N(corner.Y)}")) + "z";

    private static string N(double value) => MarkupWriter.Number(value);
}
