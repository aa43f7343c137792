using System.Runtime.CompilerServices;

namespace Decant.Inference.Kernels;

internal sealed unsafe partial class VectorKernels<TVector, TSimd>
{
    [MethodImpl(Hot)]
    public override void AddNormalize(float* x, float* y, int rows, int columns, nint stride, PackedNorm norm, float* result)
    {
        int whole = columns - columns % TSimd.Width, rest = columns - whole;
        float* weight = norm.Weight, bias = norm.Bias;
        for (int row = 0; row < rows; row++, x += stride, y += stride, result += stride)
        {
            TVector sum = TSimd.Broadcast(0);
            for (int i = 0; i < columns; i += TSimd.Width)
            {
                TVector value = TSimd.Add(TSimd.Load(x + i), TSimd.Load(y + i));
                if (i == whole) value = TSimd.First(value, rest);
                sum = TSimd.Add(sum, value);
                TSimd.Store(value, result + i);
            }
            TVector mean = TSimd.Broadcast(TSimd.Sum(sum) / columns), squares = TSimd.Broadcast(0);
            for (int i = 0; i < columns; i += TSimd.Width)
            {
                TVector difference = TSimd.Subtract(TSimd.Load(result + i), mean);
                if (i == whole) difference = TSimd.First(difference, rest);
                squares = TSimd.MultiplyAdd(difference, difference, squares);
            }
            TVector scale = TSimd.Broadcast(norm.Scale(TSimd.Sum(squares), columns));
            for (int i = 0; i < columns; i += TSimd.Width)
            {
                TVector normal = TSimd.Multiply(TSimd.Subtract(TSimd.Load(result + i), mean), scale);
                TSimd.Store(TSimd.MultiplyAdd(normal, TSimd.Load(weight + i), TSimd.Load(bias + i)), result + i);
            }
        }
    }
}
