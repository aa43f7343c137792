using Decant.Distillation.Knowledge.Store.Format;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store.Format;

public class ValueCodecTests
{
    // Largest error, relative to the value (floats) or to the largest of the vector (int8).
    [Theory]
    [InlineData(DType.Float32, 0.0)]
    [InlineData(DType.Float16, 1.0 / 2048)]
    [InlineData(DType.BFloat16, 1.0 / 256)]
    [InlineData(DType.Int8, 0.5 / 127)]
    public void ReadsBackWithinTheTypesPrecision(DType dtype, double precision)
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 777).Select(_ => (float)((random.NextDouble() - 0.5) * 40))];
        float[] read = RoundTrip(dtype, values);
        float largest = values.Max(MathF.Abs);
        for (int i = 0; i < values.Length; i++)
        {
            double scale = dtype == DType.Int8 ? largest : Math.Abs(values[i]);
            Assert.InRange(Math.Abs(read[i] - values[i]), 0, precision * scale * 1.00001);
        }
    }

    [Fact]
    public void RoundsBFloat16AsLibtorchDoes()
    {
        float[] values = [1.00390625f, 1.01171875f, -3.3895e38f, 0f, -0f, 1e-40f, 65504f, 0.1f];
        Assert.Equal(Tensor.From(values[..1], 1).To(DType.BFloat16).ToArray<float>(), RoundTrip(DType.BFloat16, values[..1]));
        Assert.Equal(Tensor.From(values[1..2], 1).To(DType.BFloat16).ToArray<float>(), RoundTrip(DType.BFloat16, values[1..2]));
        Assert.Equal(Tensor.From(values[3..], 5).To(DType.BFloat16).ToArray<float>(), RoundTrip(DType.BFloat16, values[3..]));
        Assert.True(float.IsFinite(RoundTrip(DType.BFloat16, values)[2]));
    }

    [Fact]
    public void ZerosStayZerosInInt8() => Assert.Equal([0f, 0f, 0f], RoundTrip(DType.Int8, [0f, 0f, 0f]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void RefusesValuesThatAreNotFinite(float bad) =>
        Assert.Contains("not finite", Assert.Throws<DecantException>(() => RoundTrip(DType.Float32, [1, bad, 2])).Message);

    [Fact]
    public void RefusesWhatHalfPrecisionCannotHold() =>
        Assert.Contains("Build the store with bfloat16 or float32", Assert.Throws<DecantException>(() => RoundTrip(DType.Float16, [1, -70000])).Message);

    private static float[] RoundTrip(DType dtype, float[] values)
    {
        var codec = new ValueCodec(dtype);
        var bytes = new byte[codec.Size(values.Length)];
        codec.Encode(values, bytes);
        var read = new float[values.Length];
        codec.Decode(bytes, read);
        return read;
    }
}
