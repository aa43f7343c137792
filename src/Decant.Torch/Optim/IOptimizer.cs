namespace Decant.Torch.Optim;

/// <summary>Changes parameters by their gradients.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>Updates made so far.</summary>
    long Steps { get; set; }

    /// <summary>Makes one update from the gradients that the parameters hold; parameters without one stay as they are.</summary>
    /// <param name="learningRate">The rate of this step, schedule included.</param>
    /// <exception cref="NonFiniteGradientException">A gradient is NaN or infinite. Nothing was changed.</exception>
    void Step(double learningRate);

    /// <summary>Forgets the gradients, so that the next backward pass starts afresh.</summary>
    void ZeroGrad();

    /// <summary>
    /// The moments by name (<c>exp_avg.…</c>, <c>exp_avg_sq.…</c>), for checkpoints: live tensors, not copies. Of a large table only the rows
    /// that ever got a gradient have moments: <c>exp_avg_rows.…</c>, int32 [rows], says where each stands, −1 for nowhere. It comes before them
    /// and has to be read back before they are asked for.
    /// </summary>
    IEnumerable<(string Name, Tensor Tensor)> State();
}
