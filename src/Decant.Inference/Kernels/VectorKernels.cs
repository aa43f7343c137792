using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Decant.Inference.Kernels;

/// <summary>
/// The arithmetic of a transformer on one core. Matrices are row-major with a stride that may exceed their width. Results do not
/// depend on what lies between width and stride, and whole vectors are read and written there: every row needs
/// <see cref="PanelWidth"/> floats of room behind its last column.
/// </summary>
internal abstract unsafe class VectorKernels
{
    /// <summary>The widest that this processor computes with at full speed.</summary>
    public static VectorKernels Best { get; } = Supported()[0];

    /// <summary>Columns of the right factor that lie together: see <see cref="PackedMatrix"/>.</summary>
    public abstract int PanelWidth { get; }

    /// <summary>Floats in a vector.</summary>
    public abstract int VectorWidth { get; }

    /// <summary>Those that this processor has instructions for, the widest first.</summary>
    public static IReadOnlyList<VectorKernels> Supported()
    {
        List<VectorKernels> found = [];
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported) found.Add(new VectorKernels<Vector512<float>, Simd512>());
        if (Vector256.IsHardwareAccelerated && Fma.IsSupported) found.Add(new VectorKernels<Vector256<float>, Simd256>());
        found.Add(new VectorKernels<Vector128<float>, Simd128>());
        return found;
    }

    /// <summary>c = a B + bias.</summary>
    /// <param name="a">[rows, inner]</param>
    /// <param name="aStride">Floats from row to row.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a, rows of B.</param>
    /// <param name="panels">B, panel after panel of <see cref="PanelWidth"/> columns.</param>
    /// <param name="rowStride">Floats from row to row within a panel.</param>
    /// <param name="panelStride">Floats from panel to panel.</param>
    /// <param name="columns">Columns of B and c.</param>
    /// <param name="bias">[columns], with zeros up to a whole panel; null for none.</param>
    /// <param name="c">[rows, columns]</param>
    /// <param name="cStride">Floats from row to row.</param>
    public abstract void Multiply(float* a, nint aStride, int rows, int inner, float* panels, nint rowStride, nint panelStride, int columns, float* bias, float* c, nint cStride);

    /// <summary>The products of one row with each of several: result[row] = Σ x × y[row].</summary>
    /// <param name="x">[columns]</param>
    /// <param name="y">[rows, columns]</param>
    /// <param name="rows">Rows of y.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Floats from row to row of y.</param>
    /// <param name="result">[rows]</param>
    public abstract void Dots(float* x, float* y, int rows, int columns, nint stride, float* result);

    /// <summary>x = GELU(x) = x Φ(x), with erf to 1e-7.</summary>
    /// <param name="x">Values; whole vectors are written.</param>
    /// <param name="count">How many.</param>
    public abstract void Gelu(float* x, nint count);

    /// <summary>x = max(x, 0).</summary>
    /// <inheritdoc cref="Gelu"/>
    public abstract void Relu(float* x, nint count);

    /// <summary>Softmax of every row.</summary>
    /// <param name="x">[rows, columns]</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, from 1.</param>
    /// <param name="stride">Floats from row to row.</param>
    public abstract void SoftMax(float* x, int rows, int columns, nint stride);

    /// <summary>result = normalised(x + y) × weight + bias, row by row; result may be x or y.</summary>
    /// <param name="x">[rows, columns]</param>
    /// <param name="y">[rows, columns]</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Floats from row to row of x, y and result.</param>
    /// <param name="norm">Weight, bias and divisor.</param>
    /// <param name="result">[rows, columns]</param>
    public abstract void AddNormalize(float* x, float* y, int rows, int columns, nint stride, PackedNorm norm, float* result);
}

/// <summary>The kernels for one width of vectors.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TSimd">Its arithmetic.</typeparam>
internal sealed unsafe partial class VectorKernels<TVector, TSimd> : VectorKernels
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    // Compiled well at the first call: there is no slow first version of a loop that runs for milliseconds.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    // Three vectors wide: 8 × 3 results fill 32 registers, 4 × 3 fill 16.
    private const int PanelVectors = 3;

    public override int PanelWidth => PanelVectors * TSimd.Width;

    public override int VectorWidth => TSimd.Width;
}
