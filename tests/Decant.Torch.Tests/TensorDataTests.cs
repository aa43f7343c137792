namespace Decant.Torch.Tests;

public sealed class TensorDataTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Values_of_every_type_go_in_and_out()
    {
        RoundTrip([1.5f, float.NaN, float.NegativeInfinity], DType.Float32);
        RoundTrip([1.5, double.MaxValue], DType.Float64);
        RoundTrip([(Half)1.5, Half.MaxValue], DType.Float16);
        RoundTrip([long.MinValue, 7L], DType.Int64);
        RoundTrip([int.MinValue, 7], DType.Int32);
        RoundTrip<short>([short.MinValue, 7], DType.Int16);
        RoundTrip<sbyte>([-128, 7], DType.Int8);
        RoundTrip<byte>([0, 255], DType.UInt8);
        RoundTrip([true, false], DType.Bool);
    }

    [Fact]
    public void Reading_converts()
    {
        Tensor tensor = Tensor.From([1.7f, -2.2f], 2);
        Assert.Equal([1, -2], tensor.ToArray<int>());
        Assert.Equal([1.7f, -2.2f], tensor.To(DType.Float64).ToArray<float>());
        Assert.Equal([true, false], Tensor.From([2f, 0], 2).ToArray<bool>());
        Assert.Equal([1f, 0], Tensor.From([true, false], 2).ToArray<float>());
        Assert.Equal([1.0078125f], Tensor.From([1.01f], 1).To(DType.BFloat16).ToArray<float>());
    }

    [Fact]
    public void Views_are_read_row_by_row()
    {
        Tensor tensor = Tensor.Range(6).Reshape(2, 3);
        Assert.Equal([0L, 3, 1, 4, 2, 5], tensor.Transpose(0, 1).ToArray<long>());
        Assert.Equal([1L, 2, 4, 5], tensor.Narrow(1, 1, 2).ToArray<long>());
        Assert.Equal([3L, 4, 5], tensor.Select(0, -1).ToArray<long>());
        Assert.Equal([7.0], Tensor.Full([1, 1], 7).ToArray<double>());
        Assert.Empty(Tensor.Zeros([0, 3]).ToArray<float>());
    }

    [Fact]
    public void Shapes_are_told()
    {
        Tensor tensor = Tensor.Zeros([2, 3, 4], DType.Float64);
        Assert.Equal([2L, 3, 4], tensor.Shape);
        Assert.Equal((3, 24L, 4L, 2L), (tensor.Rank, tensor.Count, tensor.Size(-1), tensor.Size(0)));
        Assert.Equal(Device.Cpu, tensor.Device);
        Assert.Equal("Tensor(Float64, [2, 3, 4], cpu)", tensor.ToString());
        Assert.Equal((0, 1L), (Tensor.Scalar(2).Rank, Tensor.Scalar(2).Count));
    }

    [Fact]
    public void A_span_is_the_memory_itself()
    {
        Tensor tensor = Tensor.Zeros([2, 2]);
        tensor.Span<float>()[3] = 5;
        Assert.Equal([0f, 0, 0, 5], tensor.ToArray<float>());
        Assert.Equal(16, tensor.Bytes.Length);
        Tensor copy = tensor.Clone();
        copy.Span<float>()[0] = 1;
        Assert.Equal(0, tensor.Span<float>()[0]);
    }

    [Fact]
    public void Copies_convert_and_broadcast()
    {
        Tensor tensor = Tensor.Zeros([2, 2]);
        Assert.Same(tensor, tensor.CopyFrom(Tensor.From([1.0, 2], 2)));
        Assert.Equal([1f, 2, 1, 2], tensor.ToArray<float>());
    }

    private static void RoundTrip<T>(T[] values, DType dtype) where T : unmanaged
    {
        Tensor tensor = Tensor.From(values, values.Length);
        Assert.Equal(dtype, tensor.DType);
        Assert.Equal(values, tensor.ToArray<T>());
        Assert.Equal(System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), dtype.ElementSize());
        Assert.Equal(dtype is DType.Float16 or DType.Float32 or DType.Float64, dtype.IsFloatingPoint());
    }
}
