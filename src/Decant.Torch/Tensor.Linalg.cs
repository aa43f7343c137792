using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Decompositions.</summary>
public sealed partial class Tensor
{
    private static readonly Operator eigh = new("linalg_eigh");

    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix (<c>linalg_eigh</c>, lower half).</summary>
    /// <returns>Values in rising order, [n], and the vectors as columns in that order, [n, n]. The sign of a vector is arbitrary.</returns>
    public (Tensor Values, Tensor Vectors) SymmetricEigen()
    {
        Tensor?[] both = eigh.CallMany(2, this);
        return (both[0]!, both[1]!);
    }
}
