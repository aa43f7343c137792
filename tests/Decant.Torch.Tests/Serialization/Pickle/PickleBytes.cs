using System.Buffers.Binary;
using System.Text;

namespace Decant.Torch.Tests.Serialization;

/// <summary>Writes pickles opcode by opcode, right or wrong.</summary>
internal sealed class PickleBytes
{
    private readonly MemoryStream _stream = new();

    public byte[] ToArray() => _stream.ToArray();

    public PickleBytes Raw(params ReadOnlySpan<byte> bytes) { _stream.Write(bytes); return this; }
    public PickleBytes Raw(string ascii) => Raw(Encoding.Latin1.GetBytes(ascii));
    public PickleBytes Proto(byte protocol = 2) => Raw(0x80, protocol);
    public PickleBytes Stop() => Raw(".");
    public PickleBytes Global(string module, string name) => Raw($"c{module}\n{name}\n");

    public PickleBytes Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Raw("X").Raw(length).Raw(utf8);
    }

    /// <summary>An integer as LONG1 of 8 bytes, which holds any.</summary>
    public PickleBytes Int(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBytes Ints(params ReadOnlySpan<long> values)
    {
        Raw("(");
        foreach (long value in values) Int(value);
        return Raw("t");
    }

    public PickleBytes Storage(string key, long elements, string type = "FloatStorage") =>
        Raw("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Int(elements).Raw("tQ");

    public PickleBytes Tensor(string key, long elements, long offset, long[] shape, long[] strides, string type = "FloatStorage") =>
        Global("torch._utils", "_rebuild_tensor_v2").Raw("(").Storage(key, elements, type).Int(offset).Ints(shape).Ints(strides)
            .Raw(0x89).Global("collections", "OrderedDict").Raw(")RtR");

    /// <summary>A dictionary of one tensor <c>t</c> over storage <c>0</c>.</summary>
    public static byte[] OneTensor(long elements, long offset, long[] shape, long[] strides, string type = "FloatStorage") =>
        new PickleBytes().Proto().Raw("}").Text("t").Tensor("0", elements, offset, shape, strides, type).Raw("s").Stop().ToArray();
}
