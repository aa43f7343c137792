using System.IO.Compression;
using Decant.Tests;
using Decant.Torch.Serialization;

namespace Decant.Torch.Tests.Serialization;

public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(byte[] pickle, params (string, byte[])[] storages) =>
        _folder.Write("pytorch_model.bin", TorchZipBytes.From(pickle, storages));

    private string Refusal(string path) => Assert.Throws<DecantException>(() => TorchFile.Open(path)).Message;

    [Theory]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 3, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 3, 2 }, new float[] { 1, 3, 4, 6 })]
    [InlineData(4, new long[] { }, new long[] { }, new float[] { 4 })]
    [InlineData(7, new long[] { 0, 9 }, new long[] { 9, 1 }, new float[] { })]
    [InlineData(2, new long[] { 2, 3 }, new long[] { 0, 1 }, new float[] { 2, 3, 4, 2, 3, 4 })]
    [InlineData(1, new long[] { 1, 2, 1, 2 }, new long[] { 77, 2, 99, 1 }, new float[] { 1, 2, 3, 4 })]
    [InlineData(0, new long[] { 2, 2, 2 }, new long[] { 1, 2, 3 }, new float[] { 0, 3, 2, 5, 1, 4, 3, 6 })]
    public void Reads_any_shape_and_strides(long offset, long[] shape, long[] strides, float[] expected)
    {
        using var file = TorchFile.Open(Write(PickleBytes.OneTensor(7, offset, shape, strides), ("0", TorchZipBytes.Singles(7))));
        Assert.Equal(shape, file.Get("t").Shape.ToArray());
        Assert.Equal(expected, file.Get("t").ToSingles());
        Assert.Same(file.Get("t"), file.Get("t"));
    }

    [Theory]
    [InlineData("DoubleStorage", DType.Float64)]
    [InlineData("FloatStorage", DType.Float32)]
    [InlineData("HalfStorage", DType.Float16)]
    [InlineData("BFloat16Storage", DType.BFloat16)]
    [InlineData("LongStorage", DType.Int64)]
    [InlineData("IntStorage", DType.Int32)]
    [InlineData("ShortStorage", DType.Int16)]
    [InlineData("CharStorage", DType.Int8)]
    [InlineData("ByteStorage", DType.UInt8)]
    [InlineData("BoolStorage", DType.Bool)]
    public void Reads_every_element_type_also_transposed(string storage, DType dtype)
    {
        int size = dtype.ElementSize();
        byte[] data = [.. Enumerable.Range(0, 6 * size).Select(i => (byte)i)];
        using var file = TorchFile.Open(Write(PickleBytes.OneTensor(6, 0, [3, 2], [1, 3], storage), ("0", data)));
        Assert.Equal(dtype, file.Get("t").DType);
        byte[] expected = [.. new[] { 0, 3, 1, 4, 2, 5 }.SelectMany(i => data[(i * size)..((i + 1) * size)])];
        Assert.Equal(expected, file.Get("t").Bytes.ToArray());
    }

    [Theory]
    [InlineData(7, 0, new long[] { 8 }, new long[] { 1 })]
    [InlineData(7, 1, new long[] { 7 }, new long[] { 1 })]
    [InlineData(7, 8, new long[] { 0 }, new long[] { 1 })]
    [InlineData(7, -1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(7, 0, new long[] { 2 }, new long[] { -1 })]
    [InlineData(7, 0, new long[] { 3 }, new long[] { long.MaxValue })]
    [InlineData(7, long.MaxValue, new long[] { 1 }, new long[] { 1 })]
    [InlineData(7, 0, new long[] { 1L << 30, 1L << 20 }, new long[] { 1L << 20, 1 })]
    public void Refuses_a_tensor_that_reaches_outside_of_its_storage(long elements, long offset, long[] shape, long[] strides) =>
        Assert.Contains("reaches outside of its storage '0'", Refusal(Write(PickleBytes.OneTensor(elements, offset, shape, strides), ("0", TorchZipBytes.Singles(7)))));

    [Theory]
    [InlineData(new long[] { -1 }, new long[] { 1 })]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, new long[] { 0, 0 })]
    [InlineData(new long[] { 2, 2 }, new long[] { 1 })]
    public void Refuses_an_impossible_shape(long[] shape, long[] strides) =>
        Assert.Contains("impossible shape", Refusal(Write(PickleBytes.OneTensor(7, 0, shape, strides), ("0", TorchZipBytes.Singles(7)))));

    [Fact]
    public void Refuses_more_dimensions_than_libtorch_has()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 65)];
        Assert.Contains("with arguments of another kind", Refusal(Write(PickleBytes.OneTensor(7, 0, ones, ones), ("0", TorchZipBytes.Singles(7)))));
    }

    [Fact]
    public void Refuses_to_blow_up_one_element_into_terabytes()
    {
        using var file = TorchFile.Open(Write(PickleBytes.OneTensor(1, 0, [1L << 40], [0]), ("0", TorchZipBytes.Singles(1))));
        Assert.Contains("repeats the elements of a much smaller storage", Assert.Throws<DecantException>(() => file.Get("t")).Message);
    }

    [Fact]
    public void Refuses_a_storage_of_another_size_or_none()
    {
        byte[] pickle = PickleBytes.OneTensor(7, 0, [7], [1]);
        Assert.Contains("its storage '0' has 24 bytes, and its pickle says 28", Refusal(Write(pickle, ("0", TorchZipBytes.Singles(6)))));
        Assert.Contains("its storage '0' is missing", Refusal(Write(pickle, ("1", TorchZipBytes.Singles(7)))));
        Assert.Contains("its storage '0' would have -7 elements", Refusal(Write(PickleBytes.OneTensor(-7, 0, [7], [1]))));
    }

    [Fact]
    public void Refuses_one_storage_described_in_two_ways()
    {
        byte[] pickle = new PickleBytes().Proto().Raw("}(")
            .Text("a").Tensor("0", 4, 0, [4], [1]).Text("b").Tensor("0", 4, 0, [4], [1], "IntStorage").Raw("u").Stop().ToArray();
        Assert.Contains("describes the storage '0' in two ways", Refusal(Write(pickle, ("0", TorchZipBytes.Singles(4)))));
    }

    [Fact]
    public void Says_that_a_compressed_archive_must_be_stored()
    {
        byte[] pickle = PickleBytes.OneTensor(256, 0, [256], [1]);
        string path = _folder.Write("c", TorchZipBytes.Zip(CompressionLevel.Optimal, ("x/data.pkl", pickle), ("x/data/0", new byte[1024])));
        Assert.Contains("in the archive is compressed", Refusal(path));
    }

    [Fact]
    public void Says_that_an_archive_is_no_checkpoint()
    {
        Assert.Contains("it has no data.pkl", Refusal(_folder.Write("z", TorchZipBytes.Zip(CompressionLevel.NoCompression, ("a.txt", [1])))));
        Assert.Contains("more than one data.pkl", Refusal(_folder.Write("z", TorchZipBytes.Zip(CompressionLevel.NoCompression, ("a/data.pkl", [1]), ("b/data.pkl", [1])))));
        Assert.Contains("lists 'a/data.pkl' twice", Refusal(_folder.Write("z", TorchZipBytes.Zip(CompressionLevel.NoCompression, ("a/data.pkl", [1]), ("a/data.pkl", [1])))));
        Assert.Contains("neither a zip archive nor a pickle. It is a Git LFS pointer", Refusal(_folder.Write("z", "version https://git-lfs.github.com/spec/v1"u8)));
        Assert.Contains("begins as a zip archive and has no table at its end", Refusal(_folder.Write("z", "PK\u0003\u0004 and then nothing of the kind"u8)));
    }

    [Fact]
    public void Says_that_a_big_endian_file_is_not_read()
    {
        byte[] pickle = PickleBytes.OneTensor(1, 0, [1], [1]);
        string path = _folder.Write("b", TorchZipBytes.Zip(CompressionLevel.NoCompression, ("x/data.pkl", pickle), ("x/byteorder", "big"u8.ToArray()), ("x/data/0", new byte[4])));
        Assert.Contains("big-endian", Refusal(path));
    }

    [Fact]
    public void Views_and_copies_end_with_the_file()
    {
        var file = TorchFile.Open(Write(PickleBytes.OneTensor(4, 0, [2, 2], [1, 2]), ("0", TorchZipBytes.Singles(4))));
        RawTensor t = file.Get("t");
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => t.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => file.Get("t"));
    }

    [Fact]
    public void Reads_an_archive_in_the_64_bit_form_beyond_the_32_bit_fields()
    {
        // All ones in the 32-bit fields, the truth in the extra field and the 64-bit end record.
        byte[] bytes = Zip64Bytes.From(("x/data.pkl", PickleBytes.OneTensor(3, 0, [3], [1])), ("x/data/0", TorchZipBytes.Singles(3)));
        using var file = TorchFile.Open(_folder.Write("z", bytes));
        Assert.Equal([0, 1, 2], file.Get("t").ToSingles());
    }
}
