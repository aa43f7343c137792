using System.Text;
using System.Text.Unicode;

namespace Decant.Text.Data.Files;

/// <summary>A line of a text file, without its line end.</summary>
/// <param name="Number">From 1, as editors count.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct TextLine(int Number, string Text);

/// <summary>
/// Reads the lines of a UTF-8 file one at a time, in constant memory. Lines end with LF or CR LF only: other
/// separators that Unicode knows (such as U+0085, U+2028) are text. A byte order mark is skipped.
/// </summary>
internal static class Utf8Lines
{
    /// <summary>A longer line means that this is no text file; without a limit it would fill the memory.</summary>
    public const int LongestLine = 1 << 26;

    public static IEnumerable<TextLine> Read(string path)
    {
        using Stream stream = Open(path);
        foreach (TextLine line in Read(stream, path)) yield return line;
    }

    public static IEnumerable<TextLine> Read(Stream stream, string name)
    {
        byte[] buffer = new byte[1 << 16];
        int start = 0, end = 0, number = 0;
        long offset = 0; // of buffer[0] in the file
        bool more = true;
        while (more || start < end)
        {
            int found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (found < 0 && more)
            {
                offset += MakeRoom(ref buffer, ref start, ref end, name, number + 1);
                int got = stream.Read(buffer, end, buffer.Length - end);
                more = got > 0;
                end += got;
                continue;
            }
            number++;
            int next = found < 0 ? end : start + found + 1;
            int stop = found < 0 ? end : start + found;
            if (stop > start && buffer[stop - 1] == '\r') stop--;
            if (number == 1) start += ByteOrderMark(buffer.AsSpan(start, stop - start), name);
            yield return new TextLine(number, Decode(buffer.AsSpan(start, stop - start), name, number, offset + start));
            start = next;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DecantException($"{path}: there is no such file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    // Moves what is left to the front; returns by how much.
    private static int MakeRoom(ref byte[] buffer, ref int start, ref int end, string name, int number)
    {
        int moved = start;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end < buffer.Length) return moved;
        if (end >= LongestLine)
            throw new DecantException($"{name}: line {number} is longer than {LongestLine >> 20} MiB. Is this a text file?");
        Array.Resize(ref buffer, buffer.Length * 2);
        return moved;
    }

    private static int ByteOrderMark(ReadOnlySpan<byte> line, string name)
    {
        if (line.StartsWith("\uFEFF"u8)) return 3;
        if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new DecantException($"{name}: the file is UTF-16. Save it as UTF-8.");
        return 0;
    }

    private static string Decode(ReadOnlySpan<byte> line, string name, int number, long offset)
    {
        if (Utf8.IsValid(line)) return Encoding.UTF8.GetString(line);
        int at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        throw new DecantException(
            $"{name}: line {number} is not UTF-8: byte 0x{line[at]:X2} at offset {offset + at} of the file (column {at + 1} of the line, in bytes). " +
            "Save the file as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.");
    }
}
