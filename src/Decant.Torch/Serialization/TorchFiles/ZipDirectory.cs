using System.Buffers.Binary;
using System.Text;

namespace Decant.Torch.Serialization;

/// <summary>
/// The table of a zip archive whose files are stored, not compressed, as PyTorch writes them: a file's bytes can then
/// be used where they lie in the mapping. 64-bit archives are read. Checksums are not: PyTorch neither checks them nor
/// always writes them.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint LocalHeader = 0x04034b50, CentralHeader = 0x02014b50;
    private const uint End = 0x06054b50, End64 = 0x06064b50, End64Locator = 0x07064b50;

    private readonly MappedFile _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _directoryOffset;

    /// <summary>Reads the table at the archive's end.</summary>
    public ZipDirectory(MappedFile file)
    {
        _file = file;
        (_directoryOffset, long length) = FindDirectory();
        long end = _directoryOffset + length;
        for (long at = _directoryOffset; at < end;)
        {
            ZipEntry entry = ReadCentralHeader(at, end, out at);
            if (entry.Name.EndsWith('/')) continue;
            if (!_entries.TryAdd(entry.Name, entry))
                throw Damaged($"lists '{entry.Name}' twice");
        }
    }

    /// <summary>The names of all files in the archive.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Where the bytes of a file lie in the archive; null when there is no such file.</summary>
    public (long Offset, long Length)? Find(string name)
    {
        if (!_entries.TryGetValue(name, out ZipEntry? entry)) return null;
        if (entry.Encrypted)
            throw new DecantException($"{_file.Path}: '{name}' in the archive is encrypted, which PyTorch never writes.");
        if (entry.Method != 0 || entry.CompressedSize != entry.Size)
            throw new DecantException($"{_file.Path}: '{name}' in the archive is compressed. PyTorch stores files as they are; unpack the archive and zip it again without compression (zip -0), or save the checkpoint again.");
        ReadOnlySpan<byte> header = Bytes(entry.HeaderOffset, 30);
        if (U32(header, 0) != LocalHeader) throw Damaged($"has no file where it lists '{name}'");
        long offset = entry.HeaderOffset + 30 + U16(header, 26) + U16(header, 28);
        if (offset > _directoryOffset || entry.Size > _directoryOffset - offset)
            throw Damaged($"lists '{name}' with {entry.Size} bytes, more than the file has");
        return (offset, entry.Size);
    }

    private (long Offset, long Length) FindDirectory()
    {
        // The end record is 22 bytes and a comment of at most 65535.
        long earliest = Math.Max(0, _file.Length - 22 - ushort.MaxValue);
        for (long at = _file.Length - 22; at >= earliest; at--)
        {
            ReadOnlySpan<byte> record = Bytes(at, 22);
            if (U32(record, 0) != End || U16(record, 20) != _file.Length - at - 22) continue;
            long length = U32(record, 12), offset = U32(record, 16);
            if (at >= 20 && U32(Bytes(at - 20, 20), 0) == End64Locator)
            {
                ReadOnlySpan<byte> record64 = Bytes(I64(Bytes(at - 20, 20), 8), 56);
                if (U32(record64, 0) != End64) throw Damaged("has no 64-bit end record where it says");
                (length, offset) = (I64(record64, 40), I64(record64, 48));
            }
            if (offset < 0 || length < 0 || offset > at || length > at - offset)
                throw Damaged("has its table outside of the file");
            return (offset, length);
        }
        throw new DecantException($"{_file.Path} is truncated or damaged: it begins as a zip archive and has no table at its end.");
    }

    private ZipEntry ReadCentralHeader(long at, long end, out long next)
    {
        if (end - at < 46) throw Damaged("has a table that ends too early");
        ReadOnlySpan<byte> header = Bytes(at, 46);
        if (U32(header, 0) != CentralHeader) throw Damaged("has a wrong entry in its table");
        int nameLength = U16(header, 28), extraLength = U16(header, 30);
        next = at + 46 + nameLength + extraLength + U16(header, 32);
        if (next > end) throw Damaged("has a table that ends too early");
        ReadOnlySpan<byte> name = Bytes(at + 46, nameLength), extra = Bytes(at + 46 + nameLength, extraLength);
        long compressed = U32(header, 20), size = U32(header, 24), offset = U32(header, 42);
        ReadZip64(extra, ref compressed, ref size, ref offset);
        if (compressed < 0 || size < 0 || offset < 0) throw Damaged("has impossible sizes in its table");
        return new ZipEntry(Encoding.UTF8.GetString(name), U16(header, 10), (U16(header, 8) & 1) != 0, compressed, size, offset);
    }

    /// <summary>Fields that do not fit in 32 bits are all ones, and follow in an extra field, in this order.</summary>
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long compressed, ref long size, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int id = U16(extra, 0), length = U16(extra, 2);
            if (length > extra.Length - 4) return;
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1) continue;
            Take(ref field, ref size);
            Take(ref field, ref compressed);
            Take(ref field, ref offset);
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value != uint.MaxValue || field.Length < 8) return;
            value = I64(field, 0);
            field = field[8..];
        }
    }

    private ReadOnlySpan<byte> Bytes(long offset, int count) =>
        offset >= 0 && offset <= _file.Length - count ? _file.Span(offset, count) : throw Damaged("points outside of itself");

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private DecantException Damaged(string what) => new($"{_file.Path} is damaged: as a zip archive it {what}.");
}
