using Decant.Torch;

namespace Decant.Models.FastBert;

/// <summary>
/// Runs a FastBERT only as deep as each sequence needs (Liu et al. 2020, section 3.3): after every layer its classifier answers, and a
/// sequence whose uncertainty is at most its speed leaves with that answer. Those that go on are put together into a smaller batch, so
/// that nothing is computed for those that have left; answers come back in the batch's order. Calls may run side by side.
/// </summary>
public sealed class AdaptiveClassifier : IDisposable
{
    private readonly FastBertClassifier model;
    private readonly AdaptiveOptions options;
    private readonly PackedBranch[] branches;
    private readonly int[] headCounts;

    /// <summary>Prepares a model for inference. Its branches are copied: make a new one after training them further.</summary>
    /// <param name="model">The model; the caller's, and to be disposed after this.</param>
    /// <param name="options">How uncertainty is measured; null for the paper's way.</param>
    /// <exception cref="DecantException">The options make no sense for the model.</exception>
    public AdaptiveClassifier(FastBertClassifier model, AdaptiveOptions? options = null)
    {
        (this.model, this.options) = (model, (options ?? new AdaptiveOptions()).Validate(model.Outputs));
        headCounts = [1, .. Enumerable.Range(0, model.Layers).Select(model.Config.HeadsOf).Distinct()];
        branches = [.. model.Branches.Select(branch => new PackedBranch(branch))];
    }

    /// <summary>Answers with one speed for all sequences.</summary>
    /// <inheritdoc cref="Predict(ModelInput, ReadOnlySpan{double})"/>
    /// <param name="input">The sequences.</param>
    /// <param name="speed">From 0 to 1.</param>
    public AdaptiveResult Predict(ModelInput input, double speed)
    {
        var speeds = new double[input.Lengths.Length];
        speeds.AsSpan().Fill(speed);
        return Predict(input, speeds);
    }

    /// <summary>Answers, each sequence at its own speed.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="speeds">
    /// The uncertainty at which each sequence may leave, from 0 (never: all layers, the full model) to 1 (after the first layer).
    /// </param>
    /// <exception cref="DecantException">A speed is not in [0, 1], or there are not as many as sequences.</exception>
    public AdaptiveResult Predict(ModelInput input, ReadOnlySpan<double> speeds)
    {
        Check(speeds, input.Lengths.Length);
        using GradMode.Restore _ = GradMode.Off();
        using var scope = new TensorScope();
        var result = new AdaptiveResult(model.Outputs, new float[speeds.Length * model.Outputs], new int[speeds.Length], new float[speeds.Length]);
        Tensor hidden = model.Encoder.Embed(input);
        var active = ActiveRows.All(input, headCounts);
        for (int layer = 1; active.Rows.Length > 0; layer++)
        {
            Tensor before = hidden;
            (active, hidden) = RunLayer(layer, active, before, speeds, result);
            if (hidden != before) before.Dispose();
        }
        return result;
    }

    /// <summary>Frees the packed branches; the model is the caller's.</summary>
    public void Dispose()
    {
        foreach (PackedBranch branch in branches) branch.Dispose();
    }

    // A scope a layer: the next one finds its memory warm.
    private (ActiveRows Rows, Tensor Hidden) RunLayer(int layer, ActiveRows active, Tensor before, ReadOnlySpan<double> speeds, AdaptiveResult result)
    {
        using var scope = new TensorScope();
        Tensor hidden = model.Encoder.RunLayer(layer, before, active.Masks?[model.Config.HeadsOf(layer - 1)]);
        bool isLast = layer == model.Layers;
        // Nobody may leave: nobody needs to be asked.
        if (!isLast && !AnyMayLeave(active, speeds)) return (active, scope.Keep(hidden));
        float[] logits = branches[layer - 1].Forward(hidden, active.Masks?[1]).ToArray<float>();
        int[] staying = Decide(layer, isLast, active, logits, speeds, result);
        if (staying.Length == active.Rows.Length) return (active, scope.Keep(hidden));
        if (staying.Length == 0) return (new ActiveRows([], [], [], default), before);
        (ActiveRows kept, Tensor rest) = active.Keep(staying, hidden);
        kept.KeepMasks(scope);
        return (kept, scope.Keep(rest));
    }

    // Writes down the answers of those that leave; gives the places of the others.
    private int[] Decide(int layer, bool isLast, ActiveRows active, float[] logits, ReadOnlySpan<double> speeds, AdaptiveResult result)
    {
        var staying = new List<int>();
        for (int place = 0; place < active.Rows.Length; place++)
        {
            int row = active.Rows[place];
            ReadOnlySpan<float> answer = logits.AsSpan(place * model.Outputs, model.Outputs);
            double uncertainty = Uncertainty.Of(answer, options.TopClasses);
            if (!isLast && !options.Leaves(uncertainty, speeds[row]))
            {
                staying.Add(place);
                continue;
            }
            answer.CopyTo(result.Logits.AsSpan(row * model.Outputs));
            (result.ExitLayers[row], result.Uncertainty[row]) = (layer, (float)uncertainty);
        }
        return [.. staying];
    }

    private static bool AnyMayLeave(ActiveRows active, ReadOnlySpan<double> speeds)
    {
        foreach (int row in active.Rows)
            if (speeds[row] > 0) return true;
        return false;
    }

    private static void Check(ReadOnlySpan<double> speeds, int rows)
    {
        if (speeds.Length != rows) throw new DecantException($"There are {rows} sequences and {speeds.Length} speeds; give one for each.");
        foreach (double speed in speeds)
            if (speed is not (>= 0 and <= 1)) throw new DecantException(FormattableString.Invariant($"The speed {speed} is not in [0, 1]: 0 runs all layers, 1 leaves after the first."));
    }
}
