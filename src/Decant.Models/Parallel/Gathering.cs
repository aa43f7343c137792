using Decant.Torch;

namespace Decant.Models.Parallel;

/// <summary>
/// The outputs of all lanes as one batch. On the backward pass the gradients of the outputs come in one by one; when those that the loss
/// depends on are there, each lane goes back through its own record, and the lanes' gradients are added to the parameters.
/// </summary>
/// <param name="lanes">How many.</param>
/// <param name="rows">Rows of the whole batch.</param>
/// <param name="trained">The parameters; none when nothing is recorded.</param>
internal sealed class Gathering(int lanes, long rows, IReadOnlyList<Tensor> trained) : GradientFunction
{
    private readonly ModelOutput[] outputs = new ModelOutput[lanes];
    private readonly List<Tensor>[] parts = [.. Enumerable.Range(0, lanes).Select(_ => new List<Tensor>())];  // lane → outputs, in the order of Map
    private readonly Dictionary<int, Tensor> grads = [];  // output → gradient, [rows, …]

    /// <summary>Takes over what a lane computed.</summary>
    /// <param name="lane">Which lane.</param>
    /// <param name="output">Its outputs.</param>
    public void Take(int lane, ModelOutput output)
    {
        outputs[lane] = output;
        output.Map(tensor =>
        {
            parts[lane].Add(TensorScope.Release(tensor));
            return tensor;
        });
    }

    /// <summary>The outputs of the whole batch, recorded where anything is trained.</summary>
    public ModelOutput Outputs()
    {
        int next = 0;
        if (trained.Count == 0)
        {
            ModelOutput whole = outputs[0].Map(_ => Whole(next++));
            Drop();
            return whole;
        }
        using var scope = new TensorScope();
        Tensor leaf = Tensor.Zeros([1]);
        leaf.RequiresGrad = true;
        Tensor ready = Attach(Tensor.Zeros([1]), leaf);
        return outputs[0].Map(part => scope.Keep(part.RequiresGrad ? new OneOutput(this, next).Of(Whole(next++), ready) : Whole(next++)));
    }

    /// <summary>Called when the gradients of all outputs that the loss depends on are there.</summary>
    protected override Tensor?[] Backward(Tensor grad)
    {
        var gradients = new LeafGradients[lanes];
        try
        {
            Lanes.Run(lanes, lane =>
            {
                using var scope = new TensorScope();
                (long first, long count) = Lanes.Share(lane, lanes, rows);
                gradients[lane] = LeafGradients.Of([.. grads.Keys.Select(o => parts[lane][o])], [.. grads.Values.Select(g => Share(g, first, count))], trained);
            });
            LeafGradients.AddToLeaves(gradients);
        }
        finally
        {
            foreach (LeafGradients? some in gradients) some?.Dispose();
        }
        return [null];
    }

    /// <summary>Frees the lanes' outputs and, with them, their records.</summary>
    public void Drop()
    {
        foreach (Tensor tensor in parts.SelectMany(part => part)) tensor.Dispose();
    }

    protected override void Release()
    {
        Drop();
        foreach (Tensor grad in grads.Values) grad.Dispose();
    }

    private Tensor Whole(int output)
    {
        using GradMode.Restore _ = GradMode.Off();
        return Tensor.Concat([.. parts.Select(lane => lane[output])], 0);
    }

    // The first dimension is the batch, or the batch times something.
    private Tensor Share(Tensor grad, long first, long count)
    {
        long each = grad.Size(0) / rows;
        return grad.Narrow(0, first * each, count * each);
    }

    private sealed class OneOutput(Gathering gathering, int output) : GradientFunction
    {
        public Tensor Of(Tensor whole, Tensor ready) => Attach(whole, ready);

        protected override Tensor?[] Backward(Tensor grad)
        {
            gathering.grads[output] = TensorScope.Release(grad);
            return [Tensor.Zeros([1])];
        }
    }
}
