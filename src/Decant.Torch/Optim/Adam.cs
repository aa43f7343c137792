namespace Decant.Torch.Optim;

/// <summary>
/// Adam with decoupled weight decay. One class serves the official BertAdam and AdamW; <see cref="AdamOptions"/> says which.
/// Per parameter: m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − lr (m̂ / (√v̂ + ε) + λw), g after clipping.
/// </summary>
/// <remarks>On the CPU one vectorised pass over memory does the whole update; elsewhere ATen operators do.</remarks>
public sealed class Adam : IOptimizer
{
    // torch.nn.utils.clip_grad_norm_ adds this to the norm before it divides.
    private const double ClipEpsilon = 1e-6;

    private readonly AdamOptions options;
    private readonly List<Slot> slots = [];

    /// <summary>Prepares zero moments for every parameter.</summary>
    /// <param name="parameters">Names and tensors; the tensors are not owned.</param>
    /// <param name="options">Which Adam.</param>
    public Adam(IEnumerable<(string Name, Tensor Tensor)> parameters, AdamOptions options)
    {
        this.options = options;
        foreach ((string name, Tensor tensor) in parameters)
            slots.Add(Slot.For(name, tensor, options.Decays(name) ? options.WeightDecay : 0));
    }

    /// <inheritdoc/>
    public long Steps { get; set; }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        (Slot Slot, GradientSource Grad)[] grads = [.. slots.Select(s => (s, GradientSource.Of(s.Parameter)!)).Where(p => p.Item2 is not null)];
        double[] norms = AdamKernel.Norms([.. grads.Select(g => g.Grad)]);
        if (Array.FindIndex(norms, n => !double.IsFinite(n)) is var bad and >= 0) throw new NonFiniteGradientException(grads[bad].Slot.Name);
        foreach ((Slot slot, GradientSource grad) in grads) slot.Rows?.Admit(grad);
        Steps++;
        double global = Math.Sqrt(norms.Sum(n => n * n));
        AdamKernel.Update([.. grads.Select((g, i) =>
        {
            double norm = options.ClipMode == ClipMode.Global ? global : norms[i];
            double clip = options.MaxGradNorm > 0 ? Math.Min(1, options.MaxGradNorm / (norm + ClipEpsilon)) : 1;
            return (g.Slot, g.Grad, Coefficients(learningRate, clip, g.Slot.WeightDecay));
        })]);
    }

    /// <inheritdoc/>
    public void ZeroGrad()
    {
        foreach (Slot slot in slots) slot.Parameter.Grad = null;
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> State() => slots.SelectMany(s => s.State());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Slot slot in slots) slot.Dispose();
    }

    private AdamCoefficients Coefficients(double learningRate, double clip, double weightDecay)
    {
        double correct1 = options.BiasCorrection ? 1 - Math.Pow(options.Beta1, Steps) : 1;
        double correct2 = options.BiasCorrection ? 1 - Math.Pow(options.Beta2, Steps) : 1;
        return new(options.Beta1, options.Beta2, options.Epsilon, learningRate, weightDecay, clip, 1 / correct1, 1 / Math.Sqrt(correct2));
    }

    /// <summary>A parameter and its moments; of a table, <paramref name="Rows"/> says which rows have any, and where.</summary>
    internal sealed record Slot(string Name, Tensor Parameter, Tensor First, Tensor Second, double WeightDecay, MomentRows? Rows) : IDisposable
    {
        public static Slot For(string name, Tensor parameter, double weightDecay)
        {
            MomentRows? rows = MomentRows.For(parameter);
            Tensor Zeros() => TensorScope.Release(rows is null ? Tensor.Zeros(parameter.Shape, parameter.DType, parameter.Device) : Tensor.UntouchedZeros(parameter.Shape));
            return new(name, parameter, Zeros(), Zeros(), weightDecay, rows);
        }

        // One after another: how many moments there are to read is known when the rows have been read.
        public IEnumerable<(string Name, Tensor Tensor)> State()
        {
            if (Rows is not null) yield return ($"exp_avg_rows.{Name}", Rows.Places);
            yield return ($"exp_avg.{Name}", Used(First));
            yield return ($"exp_avg_sq.{Name}", Used(Second));
        }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Rows?.Dispose();
        }

        private Tensor Used(Tensor moment) => Rows is null ? moment : moment.Narrow(0, 0, Rows.Count);
    }
}
