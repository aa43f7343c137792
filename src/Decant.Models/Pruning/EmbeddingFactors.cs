using Decant.Torch;

namespace Decant.Models.Pruning;

/// <summary>
/// Splits a word table into two factors by truncated singular value decomposition, E ≈ (U_r S_r) V_rᵀ: of all tables of rank r the nearest to E in
/// the Frobenius norm (Eckart and Young). The released ROSITA code computes all of U, 3.7 GB for BERT; here V comes from EᵀE, in double precision.
/// </summary>
public static class EmbeddingFactors
{
    /// <summary>The factors.</summary>
    /// <param name="table">[vocabulary, hidden]</param>
    /// <param name="rank">1 to hidden.</param>
    /// <returns>U_r S_r, [vocabulary, rank], and V_r, [hidden, rank]: table ≈ Words · Projectionᵀ. The largest number of each column of V is positive.</returns>
    public static (Tensor Words, Tensor Projection) Of(Tensor table, int rank)
    {
        ArgumentNullException.ThrowIfNull(table);
        long hidden = table.Size(1);
        if (rank < 1 || rank > hidden) throw new DecantException($"A word table of width {hidden} can have a rank from 1 to {hidden}, not {rank}.");
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        Tensor wide = table.To(DType.Float64);
        (Tensor _, Tensor vectors) = wide.Transpose(0, 1).MatMul(wide).SymmetricEigen();
        // Eigenvalues rise: the largest are last.
        Tensor order = Tensor.From([.. Enumerable.Range(1, rank).Select(i => hidden - i)], rank).To(table.Device);
        Tensor projection = vectors.IndexSelect(1, order);
        projection *= Signs(projection);
        return (scope.Keep(wide.MatMul(projection).To(table.DType)), scope.Keep(projection.To(table.DType).Contiguous()));
    }

    // The sign of a singular vector is arbitrary; fixed, it does not depend on the library.
    private static Tensor Signs(Tensor projection)
    {
        Tensor largest = projection.Gather(0, projection.Abs().ArgMax(0).Unsqueeze(0));
        return largest / largest.Abs();
    }
}
