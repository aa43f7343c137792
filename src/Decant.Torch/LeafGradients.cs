using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Gradients of leaves, kept apart from the leaves' own until they are added (<c>torch.autograd.grad</c>): lanes compute theirs at the same time.</summary>
public sealed unsafe class LeafGradients : IDisposable
{
    [ThreadStatic] private static LeafGradients? current;

    private readonly IReadOnlyList<Tensor> leaves;
    private readonly Tensor?[] whole;
    private readonly RowGradient?[] rows;

    private LeafGradients(IReadOnlyList<Tensor> leaves) =>
        (this.leaves, whole, rows) = (leaves, new Tensor?[leaves.Count], new RowGradient?[leaves.Count]);

    /// <summary>Computes them on this thread, and frees the record.</summary>
    /// <param name="roots">At least one, recorded.</param>
    /// <param name="grads">The gradient of each root, of its shape.</param>
    /// <param name="leaves">What gradients are wanted of.</param>
    public static LeafGradients Of(IReadOnlyList<Tensor> roots, IReadOnlyList<Tensor> grads, IReadOnlyList<Tensor> leaves)
    {
        var result = new LeafGradients(leaves);
        nint[] from = [.. roots.Select(t => t.Handle)], given = [.. grads.Select(t => t.Handle)], to = [.. leaves.Select(t => t.Handle)], results = new nint[to.Length];
        current = result;
        int code;
        fixed (nint* r = from, g = given, l = to, o = results) code = Native.Gradients(r, g, from.Length, l, to.Length, o);
        current = null;
        if (code != 0) GradientFunction.RethrowFailure();
        Native.Check(code, "gradients");
        for (int i = 0; i < results.Length; i++)
            if (results[i] != 0) result.whole[i] = TensorScope.Release(new Tensor(results[i]));
        return result;
    }

    /// <summary>Adds the gradients of all parts to the leaves' own, always in the order of the parts, for the same last bits in every run.</summary>
    /// <param name="parts">Of the same leaves.</param>
    public static void AddToLeaves(IReadOnlyList<LeafGradients> parts)
    {
        using GradMode.Restore _ = GradMode.Off();
        List<int>[] shares = Shares([.. Enumerable.Range(0, parts[0].leaves.Count).Select(leaf => parts.Sum(part => part.Elements(leaf)))], TorchRuntime.Threads);
        Lanes.Run(shares.Length, lane =>
        {
            using var scope = new TensorScope();
            foreach (int leaf in shares[lane]) Add(parts, leaf);
        });
    }

    /// <summary>Frees what was not added.</summary>
    public void Dispose()
    {
        foreach (Tensor? tensor in whole) tensor?.Dispose();
        foreach (RowGradient? gradient in rows) gradient?.Dispose();
    }

    /// <summary>Takes over rows that a backward pass of this thread would add to a leaf, where its gradients are to be kept apart.</summary>
    internal static bool TakeRows(Tensor leaf, RowGradient gradient)
    {
        if (current is not { } taker) return false;
        for (int i = 0; i < taker.leaves.Count; i++)
        {
            if (taker.leaves[i] != leaf) continue;
            RowGradient? before = taker.rows[i];
            taker.rows[i] = before?.Plus(gradient) ?? gradient;
            if (before is not null)
            {
                before.Dispose();
                gradient.Dispose();
            }
            return true;
        }
        return false;
    }

    // The largest first, each to the lane that has least to do.
    private static List<int>[] Shares(long[] elements, int lanes)
    {
        List<int>[] shares = [.. Enumerable.Range(0, lanes).Select(_ => new List<int>())];
        var work = new long[lanes];
        foreach (int leaf in Enumerable.Range(0, elements.Length).OrderByDescending(i => elements[i]))
        {
            int lane = Array.IndexOf(work, work.Min());
            shares[lane].Add(leaf);
            work[lane] += elements[leaf];
        }
        return shares;
    }

    private long Elements(int leaf) => (whole[leaf]?.Count ?? 0) + (rows[leaf] is { } some ? (long)some.Rows.Length * some.Width : 0);

    private static void Add(IReadOnlyList<LeafGradients> parts, int leaf)
    {
        Tensor to = parts[0].leaves[leaf];
        Tensor? sum = null;
        foreach (LeafGradients part in parts)
        {
            if (part.whole[leaf] is not { } grad) continue;
            sum = sum is null ? grad : sum + grad;
        }
        // A sum is a new tensor; a gradient by itself may share its memory with another.
        if (sum is not null) to.Grad = to.Grad is { } own ? own + sum : parts.Any(p => p.whole[leaf] == sum) ? sum.Clone() : sum;
        foreach (LeafGradients part in parts)
        {
            part.whole[leaf]?.Dispose();
            part.whole[leaf] = null;
            if (part.rows[leaf] is not { } rows) continue;
            part.rows[leaf] = null;
            to.AddRowGrad(rows);
        }
    }
}
