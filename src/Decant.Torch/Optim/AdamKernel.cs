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

    /// <summary>L2 norm of a gradient.</summary>
    public static double Norm(Tensor grad)
    {
        if (!OnCpu(grad)) return Math.Sqrt(grad.To(DType.Float32).Square().Sum().ToScalar());
        float* g = grad.Contiguous().Pointer<float>();
        long count = grad.Count;
        var partial = new double[Chunks(count)];
        ForEachChunk(count, (chunk, start, length) => partial[chunk] = SumOfSquares(new ReadOnlySpan<float>(g + start, length)));
        return Math.Sqrt(partial.Sum());
    }

    /// <summary>One update of a parameter and its moments.</summary>
    public static void Update(Adam.Slot slot, Tensor grad, AdamCoefficients c)
    {
        if (!OnCpu(slot.Parameter) || !OnCpu(grad))
        {
            UpdateWithOperators(slot, grad, c);
            return;
        }
        float* g = grad.Contiguous().Pointer<float>();
        float* w = slot.Parameter.Pointer<float>();
        float* m = slot.First.Pointer<float>();
        float* v = slot.Second.Pointer<float>();
        ForEachChunk(slot.Parameter.Count, (_, start, length) => UpdateSpan(
            new ReadOnlySpan<float>(g + start, length), new Span<float>(w + start, length),
            new Span<float>(m + start, length), new Span<float>(v + start, length), c));
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

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var sum = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> low, out Vector<double> high);
            sum += low * low + high * high;
        }
        double total = Vector.Sum(sum);
        for (; i < values.Length; i++) total += (double)values[i] * values[i];
        return total;
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

    private static bool OnCpu(Tensor tensor) => tensor.DType == DType.Float32 && tensor.Device.Type == DeviceType.Cpu;

    private static int Chunks(long count) => (int)((count + Chunk - 1) / Chunk);

    private static void ForEachChunk(long count, Action<int, long, int> body)
    {
        int chunks = Chunks(count);
        void One(int chunk) => body(chunk, (long)chunk * Chunk, (int)Math.Min(Chunk, count - (long)chunk * Chunk));
        if (chunks < 8)
            for (int chunk = 0; chunk < chunks; chunk++) One(chunk);
        else
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = TorchRuntime.Threads }, One);
    }
}
