using System.Numerics;

namespace Decant.Torch.Optim;

/// <summary>The numbers of one update. Corrections are the reciprocals that m and √v are multiplied by.</summary>
internal readonly record struct AdamCoefficients(
    double Beta1, double Beta2, double Epsilon, double LearningRate, double WeightDecay, double Clip, double Correction1, double RootCorrection2);

/// <summary>Adam's arithmetic: one pass over memory on the CPU, ATen operators on other devices.</summary>
internal static unsafe class AdamKernel
{
    // Fixed, so that sums and results do not depend on the number of threads.
    private const int Chunk = 1 << 16;

    // Less work is done before other threads are awake.
    private const long WorthThreads = 8 * Chunk;

    /// <summary>L2 norms of gradients.</summary>
    /// <param name="grads">The gradients.</param>
    public static double[] Norms(IReadOnlyList<GradientSource> grads)
    {
        double[][] squares = [.. grads.Select(g => new double[g.OnCpu ? (g.Count + Chunk - 1) / Chunk : 0])];
        ForEachChunk(grads, _ => Chunk, (i, start, length) => squares[i][start / Chunk] = grads[i].SumOfSquares(start, length));
        return [.. grads.Select((g, i) => g.OnCpu ? Math.Sqrt(squares[i].Sum()) : Math.Sqrt(g.Tensor!.To(DType.Float32).Square().Sum().ToScalar()))];
    }

    /// <summary>One update of parameters and their moments.</summary>
    /// <param name="updates">Each with its gradient.</param>
    public static void Update(IReadOnlyList<(Adam.Slot Slot, GradientSource Grad, AdamCoefficients Coefficients)> updates)
    {
        foreach ((Adam.Slot slot, GradientSource grad, AdamCoefficients c) in updates)
            if (!grad.OnCpu || !slot.Parameter.IsCpuFloat) UpdateWithOperators(slot, grad.Tensor!, c);
        var here = updates.Where(u => u.Grad.OnCpu && u.Slot.Parameter.IsCpuFloat).Select(u => new Place(u.Slot, u.Grad, u.Coefficients)).ToArray();
        ForEachChunk([.. here.Select(p => p.Grad)], i => here[i].RowWidth is > 0 and var width ? Math.Max(1, Chunk / width) * width : Chunk, (i, start, length) => here[i].Update(start, length));
    }

    // A parameter, its moments and its gradient in memory.
    private sealed class Place(Adam.Slot slot, GradientSource grad, AdamCoefficients c)
    {
        private readonly float* w = slot.Parameter.Pointer<float>(), m = slot.First.Pointer<float>(), v = slot.Second.Pointer<float>();
        private readonly int* places = slot.Rows is null ? null : slot.Rows.Places.Pointer<int>();
        private readonly float[] zero = new float[grad.Rows?.Width ?? 0];

        public GradientSource Grad => grad;

        /// <summary>Stretches of a table are whole rows; 0 for other parameters.</summary>
        public int RowWidth { get; } = slot.Rows is null ? 0 : (int)slot.Parameter.Size(1);

        public void Update(long start, int length)
        {
            if (slot.Rows is null) Update(grad.Read(start, length), start, start);
            else
                for (long at = start; at < start + length; at += RowWidth) UpdateRow((int)(at / RowWidth), at);
        }

        private void UpdateRow(int row, long start)
        {
            if (places[row] == MomentRows.None) Decay(new(w + start, RowWidth), c);
            else Update(RowGrad(row, start), start, (long)places[row] * RowWidth);
        }

        private ReadOnlySpan<float> RowGrad(int row, long start)
        {
            if (grad.Rows is not { } rows) return grad.Read(start, RowWidth);
            return rows.Row(row) is { IsEmpty: false } g ? g : zero;
        }

        private void Update(ReadOnlySpan<float> g, long start, long moments) =>
            UpdateSpan(g, new(w + start, g.Length), new(m + moments, g.Length), new(v + moments, g.Length), c);
    }

    // A row that was never looked up has no moments.
    private static void Decay(Span<float> w, AdamCoefficients c)
    {
        float rate = (float)c.LearningRate, decay = (float)c.WeightDecay;
        if (decay == 0) return;
        int i = 0;
        for (; i <= w.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(w[i..]);
            (weight - weight * decay * rate).CopyTo(w[i..]);
        }
        for (; i < w.Length; i++) w[i] -= w[i] * decay * rate;
    }

    private static void UpdateSpan(ReadOnlySpan<float> g, Span<float> w, Span<float> m, Span<float> v, AdamCoefficients c)
    {
        float beta1 = (float)c.Beta1, beta2 = (float)c.Beta2, rest1 = (float)(1 - c.Beta1), rest2 = (float)(1 - c.Beta2);
        float clip = (float)c.Clip, epsilon = (float)c.Epsilon, rate = (float)c.LearningRate, decay = (float)c.WeightDecay;
        float correct1 = (float)c.Correction1, correct2 = (float)c.RootCorrection2;
        int i = 0;
        for (; i <= g.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var grad = new Vector<float>(g[i..]) * clip;
            var first = new Vector<float>(m[i..]) * beta1 + grad * rest1;
            var second = new Vector<float>(v[i..]) * beta2 + grad * grad * rest2;
            var weight = new Vector<float>(w[i..]);
            var update = first * correct1 / (Vector.SquareRoot(second) * correct2 + new Vector<float>(epsilon));
            first.CopyTo(m[i..]);
            second.CopyTo(v[i..]);
            (weight - (update + weight * decay) * rate).CopyTo(w[i..]);
        }
        for (; i < g.Length; i++)
        {
            float grad = g[i] * clip;
            m[i] = m[i] * beta1 + grad * rest1;
            v[i] = v[i] * beta2 + grad * grad * rest2;
            w[i] -= (m[i] * correct1 / (MathF.Sqrt(v[i]) * correct2 + epsilon) + w[i] * decay) * rate;
        }
    }

    private static void UpdateWithOperators(Adam.Slot slot, Tensor grad, AdamCoefficients c)
    {
        Tensor g = grad * c.Clip;
        slot.First.ScaleInPlace(c.Beta1).AddInPlace(g, 1 - c.Beta1);
        slot.Second.ScaleInPlace(c.Beta2).AddInPlace(g.Square(), 1 - c.Beta2);
        Tensor update = slot.First * c.Correction1 / (slot.Second.Sqrt() * c.RootCorrection2 + c.Epsilon);
        if (c.WeightDecay != 0) update = update + slot.Parameter * c.WeightDecay;
        slot.Parameter.AddInPlace(update, -c.LearningRate);
    }

    // All stretches of all gradients as one list of work: most tensors alone are too small to share.
    private static void ForEachChunk(IReadOnlyList<GradientSource> grads, Func<int, int> size, Action<int, long, int> body)
    {
        var chunks = new List<(int Index, long Start, int Length)>();
        for (int i = 0; i < grads.Count; i++)
        {
            if (!grads[i].OnCpu) continue;
            int length = size(i);
            for (long start = 0; start < grads[i].Count; start += length) chunks.Add((i, start, (int)Math.Min(length, grads[i].Count - start)));
        }
        void One(int chunk) => body(chunks[chunk].Index, chunks[chunk].Start, chunks[chunk].Length);
        if (chunks.Sum(c => (long)c.Length) < WorthThreads)
            for (int chunk = 0; chunk < chunks.Count; chunk++) One(chunk);
        else
            Parallel.For(0, chunks.Count, new ParallelOptions { MaxDegreeOfParallelism = TorchRuntime.Threads }, One);
    }
}
