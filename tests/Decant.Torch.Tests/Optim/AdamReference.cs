using Decant.Torch.Optim;

namespace Decant.Torch.Tests.Optim;

/// <summary>Adam as its equations say, in double precision, one number after another.</summary>
internal sealed class AdamReference(AdamOptions options, (string Name, double[] Values)[] parameters)
{
    private readonly double[][] m = [.. parameters.Select(p => new double[p.Values.Length])], v = [.. parameters.Select(p => new double[p.Values.Length])];
    private int steps;

    public void Step(double rate, double[]?[] gradients)
    {
        steps++;
        double[] norms = [.. gradients.Select(g => Math.Sqrt((g ?? []).Sum(x => x * x)))];
        double all = Math.Sqrt(norms.Sum(n => n * n));
        for (int p = 0; p < parameters.Length; p++)
        {
            if (gradients[p] is not { } gradient) continue;
            double norm = options.ClipMode == ClipMode.Global ? all : norms[p];
            double clip = options.MaxGradNorm > 0 ? Math.Min(1, options.MaxGradNorm / (norm + 1e-6)) : 1;
            double[] w = parameters[p].Values;
            for (int i = 0; i < w.Length; i++)
            {
                double g = gradient[i] * clip;
                m[p][i] = options.Beta1 * m[p][i] + (1 - options.Beta1) * g;
                v[p][i] = options.Beta2 * v[p][i] + (1 - options.Beta2) * g * g;
                (double first, double second) = options.BiasCorrection
                    ? (m[p][i] / (1 - Math.Pow(options.Beta1, steps)), v[p][i] / (1 - Math.Pow(options.Beta2, steps)))
                    : (m[p][i], v[p][i]);
                double decay = options.Decays(parameters[p].Name) ? options.WeightDecay : 0;
                w[i] -= rate * (first / (Math.Sqrt(second) + options.Epsilon) + decay * w[i]);
            }
        }
    }
}
