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
    private readonly Tensor narrow, narrowBias, query, queryBias, inner, innerBias, classifier, classifierBias;

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

        (narrow, narrowBias) = (Own(branch.Narrow.Weight), Own(branch.Narrow.Bias));
        query = Own(Tensor.Concat([.. heads.Select(h => KeyOf(h).MatMul(OfHead(branch.Query.Weight, 0, h)))], 0));
        queryBias = Own(Tensor.Concat([.. heads.Select(h => KeyOf(h).MatMul(OfHead(branch.Query.Bias, 0, h)))], 0));
        inner = Own(Tensor.Concat([.. heads.Select(h => OfHead(innerOutput, 1, h).MatMul(OfHead(branch.Value.Weight, 0, h)))], 1));
        innerBias = Own(innerOutput.MatMul(branch.Value.Bias) + branch.Inner.Weight.MatMul(branch.Output.Bias) + branch.Inner.Bias);
        (classifier, classifierBias) = (Own(branch.Classifier.Weight), Own(branch.Classifier.Bias));
    }

    /// <summary>The layer's own answer.</summary>
    /// <param name="hidden">Output of the layer, [batch, tokens, hidden].</param>
    /// <param name="mask">Additive, 0 for real tokens and −10000 for padding, [batch, 1, tokens]; null when nothing is padded.</param>
    /// <returns>Logits, [batch, outputs].</returns>
    public Tensor Forward(Tensor hidden, Tensor? mask)
    {
        long batch = hidden.Size(0);
        Tensor tokens = hidden.Linear(narrow, narrowBias).Tanh();
        Tensor queries = tokens.Select(1, 0).Linear(query, queryBias).Reshape(batch, shape.Heads, shape.Width);
        Tensor transposed = tokens.Transpose(1, 2);
        Tensor scores = mask is null ? queries.BatchMatMul(transposed) : mask.AddBatchMatMul(queries, transposed);
        Tensor context = scores.Softmax().BatchMatMul(tokens).Reshape(batch, shape.Heads * shape.Width);
        return context.Linear(inner, innerBias).Tanh().Linear(classifier, classifierBias);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[narrow, narrowBias, query, queryBias, inner, innerBias, classifier, classifierBias]) tensor.Dispose();
    }

    private static Tensor Own(Tensor value) => TensorScope.Release(value.Clone());
}
