using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class TensorSerializationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int8)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Tensors_of_every_type_survive_a_file_and_outlive_it(DType dtype)
    {
        using var scope = new TensorScope();
        Tensor tensor = Tensor.From(new float[] { 0, 1, 2, 3, 4, 5 }, 2, 3).To(dtype);
        // The transposed view is written in row-major order.
        new SafetensorsWriter().Add("t", tensor.Transpose(0, 1)).Add("scalar", tensor.Narrow(0, 0, 1).Narrow(1, 1, 1).Reshape()).Save(_folder.File("m"));
        Tensor back, scalar;
        using (var file = SafetensorsFile.Open(_folder.File("m")))
        {
            back = file.Get("t").ToTensor();
            scalar = file.Get("scalar").ToTensor();
        }
        Assert.Equal(dtype, back.DType);
        Assert.Equal([3, 2], back.Shape);
        Assert.Equal(dtype == DType.Bool ? [0, 1, 1, 1, 1, 1] : [0, 3, 1, 4, 2, 5], back.ToArray<float>());
        Assert.Equal(0, scalar.Rank);
        Assert.Equal(1, scalar.ToScalar());
    }

    [Fact]
    public void A_parameter_is_written_with_the_values_it_has_at_the_time_of_writing()
    {
        using var scope = new TensorScope();
        Tensor parameter = Tensor.From(new float[] { 1, 2 }, 2);
        parameter.RequiresGrad = true;
        SafetensorsWriter writer = new SafetensorsWriter().Add("p", parameter);
        using (GradMode.Off()) parameter.CopyFrom(Tensor.From(new float[] { 3, 4 }, 2));
        writer.Save(_folder.File("m"));
        using var file = SafetensorsFile.Open(_folder.File("m"));
        Assert.Equal([3, 4], file.Get("p").ToSingles());
    }

    [Fact]
    public void Empty_tensors_and_strided_checkpoint_views_become_tensors()
    {
        using var scope = new TensorScope();
        new SafetensorsWriter().Add("e", Tensor.Zeros([0, 3])).Save(_folder.File("m"));
        using var file = SafetensorsFile.Open(_folder.File("m"));
        Assert.Equal([0, 3], file.Get("e").ToTensor().Shape);
        using var views = TorchFile.Open(Path.Combine(AppContext.BaseDirectory, "Fixtures", "views.bin"));
        Assert.Equal([2, 8, 14, 20], views.Get("column").ToTensor().ToArray<float>());
    }

    [Fact]
    public void A_tensor_takes_the_values_of_a_file_only_in_its_own_shape()
    {
        using var scope = new TensorScope();
        new SafetensorsWriter().Add("t", Tensor.From(new double[] { 1, 2 }, 2)).Save(_folder.File("m"));
        using var file = SafetensorsFile.Open(_folder.File("m"));
        Tensor target = Tensor.Zeros([2]);
        target.CopyFrom(file.Get("t"));
        Assert.Equal([1, 2], target.ToArray<float>());
        Assert.Equal("The tensor 't' has the shape [2]; [2, 1] is expected.",
            Assert.Throws<DecantException>(() => Tensor.Zeros([2, 1]).CopyFrom(file.Get("t"))).Message);
    }
}
