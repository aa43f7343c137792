namespace Decant.Distillation.Evaluation.Metrics;

/// <summary>The product-moment correlation of two columns of numbers.</summary>
internal static class Correlation
{
    /// <summary>Correlation in double precision, from centred values; 0 where either column is constant.</summary>
    public static double Of(double[] x, double[] y)
    {
        // A mean of equal numbers can differ from them in the last bit, which would make noise look like a correlation.
        if (IsConstant(x) || IsConstant(y)) return 0;
        double meanX = x.Average(), meanY = y.Average(), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        double spread = Math.Sqrt(xx) * Math.Sqrt(yy);
        return spread == 0 ? 0 : Math.Clamp(xy / spread, -1, 1);
    }

    private static bool IsConstant(double[] values) => Array.TrueForAll(values, value => value == values[0]);
}
