using System.Diagnostics;
using System.Globalization;
using Decant.Torch;

namespace Decant.Bench;

/// <summary>What one operator call costs beyond its arithmetic: the sum of two tensors of one element, result allocated and freed.</summary>
internal static class OperatorBench
{
    private const int Calls = 1_000_000, Rounds = 5;

    public static void Run(string[] args)
    {
        using GradMode.Restore _ = GradMode.Off();
        using Tensor a = Tensor.Scalar(1), b = Tensor.Scalar(2);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < Calls; i++)
            {
                Tensor sum = a + b;
                sum.Dispose();
            }
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Calls);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"operator call: {best:0.00} µs (best of {Rounds} rounds of {Calls:N0})"));
    }
}
