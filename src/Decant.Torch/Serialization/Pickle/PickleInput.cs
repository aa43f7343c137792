using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Decant.Torch.Serialization;

/// <summary>Reads a pickle's bytes; every read is checked against the end.</summary>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes, string file)
{
    /// <summary>Longest number that is read, in bytes: PyTorch's own are of 10.</summary>
    private const int MaxNumberLength = 1024;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The next byte.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
            throw new DecantException($"{file} is truncated or damaged: its pickle ends, or exceeds {Unpickler.MaxLength >> 20} MiB, at byte {Position}.");
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>A whole number in two's complement, little-endian: a <see cref="long"/> where it fits.</summary>
    public object Integer(ulong length)
    {
        if (length > MaxNumberLength)
            throw new DecantException($"{file} is damaged: its pickle holds a number of {length} bytes.");
        var number = new BigInteger(Take(length));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    public string Utf8(ulong length)
    {
        // Python keeps lone surrogates ("surrogatepass"); they cannot be part of any name that we look for.
        return Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A string of Python 2, whose encoding is not known: UTF-8 where it is valid, else Latin-1.</summary>
    public string Python2String(ulong length)
    {
        var taken = Take(length);
        return System.Text.Unicode.Utf8.IsValid(taken) ? Encoding.UTF8.GetString(taken) : Encoding.Latin1.GetString(taken);
    }

    /// <summary>The text up to the next line feed, which is consumed.</summary>
    public string Line()
    {
        int length = _bytes[Position..].IndexOf((byte)'\n');
        string line = Python2String(length < 0 ? ulong.MaxValue : (ulong)length);
        Position++;
        return line;
    }
}
