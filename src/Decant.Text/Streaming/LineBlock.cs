namespace Decant.Text.Streaming;

/// <summary>Some whole lines of a stream, as bytes.</summary>
/// <param name="Bytes">The lines with their line ends; the last line of the stream may have none.</param>
/// <param name="FirstLine">Number of the first line, from 1.</param>
internal readonly record struct LineBlock(ReadOnlyMemory<byte> Bytes, long FirstLine)
{
    /// <summary>The lines, without line ends (<c>\n</c> or <c>\r\n</c>).</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        ReadOnlyMemory<byte> rest = Bytes;
        while (rest.Length > 0)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? rest : rest[..end];
            yield return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }

    /// <summary>
    /// Cuts a stream into blocks of whole lines. A block is handed on as soon as its last line is complete, so that a program which
    /// writes a line and waits for the answer gets it.
    /// </summary>
    /// <param name="stream">The stream; a byte order mark is skipped.</param>
    /// <param name="blockBytes">About how long blocks are where there is much to read.</param>
    /// <param name="longestLine">Longest line allowed, in bytes.</param>
    /// <exception cref="DecantException">A line is too long.</exception>
    public static IEnumerable<LineBlock> Cut(Stream stream, int blockBytes = 1 << 16, int longestLine = 1 << 28)
    {
        byte[] buffer = new byte[blockBytes];
        int held = 0;
        long line = 1;
        bool isStart = true;
        while (true)
        {
            if (held == buffer.Length)
            {
                if (held >= longestLine) throw new DecantException($"Line {line} is longer than {longestLine} bytes. Is this a file of lines?");
                Array.Resize(ref buffer, Math.Min(longestLine, 2 * buffer.Length));
            }
            int read = stream.Read(buffer, held, buffer.Length - held);
            int end = read == 0 ? held : Array.LastIndexOf(buffer, (byte)'\n', held + read - 1, read) + 1;
            held += read;
            if (end > 0)
            {
                int from = isStart && buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
                isStart = false;
                var block = new LineBlock(buffer.AsMemory(from, end - from), line);
                line += buffer.AsSpan(0, end).Count((byte)'\n');
                byte[] next = new byte[Math.Max(blockBytes, held - end)];
                buffer.AsSpan(end, held - end).CopyTo(next);
                (buffer, held) = (next, held - end);
                yield return block;
            }
            if (read == 0) yield break;
        }
    }
}

/// <summary>Where a line is; becomes text only for a message.</summary>
/// <param name="Source">The file or stream.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct LinePlace(string Source, long Line)
{
    public override string ToString() => $"{Source}: line {Line}";
}
