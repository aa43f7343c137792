namespace Decant.Distillation.Reports.Charts;

/// <summary>Where a label stands: a point of its baseline, and whether that is its start, middle or end.</summary>
internal readonly record struct LabelPlace(double X, double Y, string Anchor);

/// <summary>Puts labels beside points so that they cover neither each other nor a point, as far as there is room.</summary>
internal sealed class LabelPlacer(double left, double top, double right, double bottom)
{
    private const double LineHeight = 14, Gap = 9;
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    /// <summary>Keeps the surroundings of a point free.</summary>
    public void Reserve(double x, double y, double r) => _taken.Add((x - r, y - r, x + r, y + r));

    /// <summary>Finds the end or middle of the label's baseline that faces the point, which stays put if the letters turn out wider than thought.</summary>
    public LabelPlace Place(double x, double y, double width)
    {
        double[] heights = [y + 4, y - 9, y + 17, y - 23, y + 31];
        LabelPlace[] candidates =
        [
            .. heights.SelectMany(height => new LabelPlace[] { new(x + Gap, height, "start"), new(x - Gap, height, "end") }),
            new(x, y - Gap - 2, "middle"), new(x, y + Gap + 11, "middle"),
        ];
        var best = candidates.MinBy(candidate => Cost(Box(candidate, width)));
        _taken.Add(Box(best, width));
        return best;
    }

    private static (double Left, double Top, double Right, double Bottom) Box(LabelPlace at, double width)
    {
        double left = at.Anchor switch { "start" => at.X, "end" => at.X - width, _ => at.X - width / 2 };
        return (left, at.Y - LineHeight + 3, left + width, at.Y + 3);
    }

    private double Cost((double Left, double Top, double Right, double Bottom) box)
    {
        double covered = _taken.Sum(taken => Overlap(box.Left, box.Right, taken.Left, taken.Right) * Overlap(box.Top, box.Bottom, taken.Top, taken.Bottom));
        double outside = Math.Max(0, left - box.Left) + Math.Max(0, box.Right - right) + Math.Max(0, top - box.Top) + Math.Max(0, box.Bottom - bottom);
        return covered + outside * 100;
    }

    private static double Overlap(double a, double b, double c, double d) => Math.Max(0, Math.Min(b, d) - Math.Max(a, c));
}
