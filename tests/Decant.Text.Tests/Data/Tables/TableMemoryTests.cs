using System.Text;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>Alone, because it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(TableMemoryTests), DisableParallelization = true)]
[Collection(nameof(TableMemoryTests))]
public sealed class TableMemoryTests
{
    [Fact]
    public void MemoryStaysConstant()
    {
        // 64 MiB of rows that are never kept: the heap must not follow.
        var options = new TableOptions { Format = TableFormat.Tsv };
        long most = 0, rows = 0, before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (Example _ in TableReader.Stream(new Repeating("text\n"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 1023) + "\n"), 65_536), "pipe", options))
            if (++rows % 8192 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(65_536, rows);
        Assert.True(most < 2 << 20, $"{most} bytes are held while reading");
    }

    /// <summary>A head, then a line a number of times.</summary>
    private sealed class Repeating(byte[] head, byte[] line, int times) : MemoryStream
    {
        private long _at;

        public override int Read(byte[] buffer, int offset, int count)
        {
            long length = head.Length + (long)line.Length * times;
            int read = (int)Math.Min(count, length - _at);
            for (int i = 0; i < read; i++, _at++) buffer[offset + i] = _at < head.Length ? head[_at] : line[(_at - head.Length) % line.Length];
            return read;
        }
    }
}
