using System.Runtime.CompilerServices;

namespace Decant.Inference.Kernels;

internal sealed unsafe partial class VectorKernels<TVector, TSimd>
{
    [MethodImpl(Hot)]
    public override void Dots(float* x, float* y, int rows, int columns, nint stride, float* result)
    {
        int whole = columns - columns % TSimd.Width, rest = columns - whole;
        for (int row = 0; row < rows; row++, y += stride)
        {
            TVector sum = TSimd.Broadcast(0);
            for (int i = 0; i < whole; i += TSimd.Width) sum = TSimd.MultiplyAdd(TSimd.Load(x + i), TSimd.Load(y + i), sum);
            // Both are cut: what lies behind the last column may be anything, even no number.
            if (rest > 0) sum = TSimd.MultiplyAdd(TSimd.First(TSimd.Load(x + whole), rest), TSimd.First(TSimd.Load(y + whole), rest), sum);
            result[row] = TSimd.Sum(sum);
        }
    }
}
