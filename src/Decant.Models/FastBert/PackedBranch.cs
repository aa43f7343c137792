using Decant.Torch;

namespace Decant.Models.FastBert;

/// <summary>
/// A branch made ready for inference. The first token's query is multiplied into the keys' weights, and values, output projection and
/// dense layer become one matrix for each head, so that of all projections only the narrowing touches every token:
/// q·(K xₜ + k) = (Kᵀq)·xₜ + const, where the constant falls out of the softmax, and D(O Σₕ Vₕ Σₜ pₕₜ xₜ) = Σₕ (D Oₕ Vₕ) Σₜ pₕₜ xₜ.
/// The answers are the branch's up to rounding. It holds a copy: train the branch further and pack it again.
/// </summary>
public sealed class PackedBranch : IDisposable
{
    private readonly BranchShape shape;

    /// <summary>Packs a branch.</summary>
    /// <param name="branch">Left as it is.</param>
    public PackedBranch(FastBertBranch branch)
    {
        shape = branch.Shape;
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        int[] heads = [.. Enumerable.Range(0, shape.Heads)];
        Tensor innerOutput = branch.Inner.Weight.MatMul(branch.Output.Weight);
        double scale = 1 / Math.Sqrt(shape.HeadSize);
        Tensor OfHead(Tensor matrix, int dim, int head) => matrix.Narrow(dim, head * shape.HeadSize, shape.HeadSize);
        Tensor KeyOf(int head) => OfHead(branch.Key.Weight, 0, head).Transpose(0, 1) * scale;

        (Narrow, NarrowBias) = (Own(branch.Narrow.Weight), Own(branch.Narrow.Bias));
        Query = Own(Tensor.Concat([.. heads.Select(h => KeyOf(h).MatMul(OfHead(branch.Query.Weight, 0, h)))], 0));
        QueryBias = Own(Tensor.Concat([.. heads.Select(h => KeyOf(h).MatMul(OfHead(branch.Query.Bias, 0, h)))], 0));
        Inner = Own(Tensor.Concat([.. heads.Select(h => OfHead(innerOutput, 1, h).MatMul(OfHead(branch.Value.Weight, 0, h)))], 1));
        InnerBias = Own(innerOutput.MatMul(branch.Value.Bias) + branch.Inner.Weight.MatMul(branch.Output.Bias) + branch.Inner.Bias);
        (Classifier, ClassifierBias) = (Own(branch.Classifier.Weight), Own(branch.Classifier.Bias));
    }

    /// <summary>[width, hidden]</summary>
    internal Tensor Narrow { get; }

    internal Tensor NarrowBias { get; }

    /// <summary>What the first token asks every token, scaled: [heads × width, width].</summary>
    internal Tensor Query { get; }

    internal Tensor QueryBias { get; }

    /// <summary>Values, output projection and dense layer of all heads: [width, heads × width].</summary>
    internal Tensor Inner { get; }

    internal Tensor InnerBias { get; }

    /// <summary>[outputs, width]</summary>
    internal Tensor Classifier { get; }

    internal Tensor ClassifierBias { get; }

    /// <summary>The layer's own answer.</summary>
    /// <param name="hidden">Output of the layer, [batch, tokens, hidden].</param>
    /// <param name="mask">Additive, 0 for real tokens and −10000 for padding, [batch, 1, tokens]; null when nothing is padded.</param>
    /// <returns>Logits, [batch, outputs].</returns>
    public Tensor Forward(Tensor hidden, Tensor? mask)
    {
        long batch = hidden.Size(0);
        Tensor tokens = hidden.Linear(Narrow, NarrowBias).Tanh();
        Tensor queries = tokens.Select(1, 0).Linear(Query, QueryBias).Reshape(batch, shape.Heads, shape.Width);
        Tensor transposed = tokens.Transpose(1, 2);
        Tensor scores = mask is null ? queries.BatchMatMul(transposed) : mask.AddBatchMatMul(queries, transposed);
        Tensor context = scores.Softmax().BatchMatMul(tokens).Reshape(batch, shape.Heads * shape.Width);
        return context.Linear(Inner, InnerBias).Tanh().Linear(Classifier, ClassifierBias);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[Narrow, NarrowBias, Query, QueryBias, Inner, InnerBias, Classifier, ClassifierBias]) tensor.Dispose();
    }

    private static Tensor Own(Tensor value) => TensorScope.Release(value.Clone());
}
