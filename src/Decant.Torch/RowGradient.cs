using System.Numerics;

namespace Decant.Torch;

/// <summary>The gradient of a table in which few rows were looked up: those rows, in ascending order. All others are zero.</summary>
internal sealed unsafe class RowGradient : IDisposable
{
    private readonly int[] rows;
    private readonly Tensor values;  // [rows, width]

    private RowGradient(int[] rows, int width)
    {
        (this.rows, Width) = (rows, width);
        values = TensorScope.Release(Tensor.Zeros([rows.Length, width]));
    }

    /// <summary>The rows, ascending.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Elements of a row.</summary>
    public int Width { get; }

    /// <summary>Adds up what each row got, in the order of the look-ups, as <c>embedding_dense_backward</c> does.</summary>
    /// <param name="ids">Int64: the row of each look-up.</param>
    /// <param name="grad">[… ids, width]</param>
    /// <param name="paddingIndex">A row that gets nothing.</param>
    public static RowGradient Sum(Tensor ids, Tensor grad, long paddingIndex)
    {
        ReadOnlySpan<long> looked = ids.Contiguous().Span<long>();
        int width = (int)grad.Size(-1);
        float* from = grad.Contiguous().Pointer<float>();
        var keys = new (long Row, int At)[looked.Length];
        for (int at = 0; at < keys.Length; at++) keys[at] = (looked[at], at);
        Array.Sort(keys);
        var sum = new RowGradient([.. keys.Where(k => k.Row != paddingIndex).Select(k => (int)k.Row).Distinct()], width);
        int slot = 0;
        foreach ((long row, int at) in keys)
        {
            if (row == paddingIndex) continue;
            while (sum.rows[slot] != row) slot++;
            Add(new ReadOnlySpan<float>(from + (long)at * width, width), sum.Values(slot));
        }
        return sum;
    }

    /// <summary>The sum of this one and another of the same table.</summary>
    public RowGradient Plus(RowGradient other)
    {
        var sum = new RowGradient([.. rows.Union(other.rows).Order()], Width);
        foreach (RowGradient part in (RowGradient[])[this, other])
            for (int slot = 0; slot < part.rows.Length; slot++) Add(part.Values(slot), sum.Values(Array.BinarySearch(sum.rows, part.rows[slot])));
        return sum;
    }

    /// <summary>Adds the rows to a whole table.</summary>
    /// <param name="table">[entries, width] on the CPU.</param>
    public void AddTo(Tensor table)
    {
        float* to = table.Pointer<float>();
        for (int slot = 0; slot < rows.Length; slot++) Add(Values(slot), new Span<float>(to + (long)rows[slot] * Width, Width));
    }

    /// <summary>The gradient of one row; empty where it is zero.</summary>
    /// <param name="row">Its place in the table.</param>
    public ReadOnlySpan<float> Row(int row) => Array.BinarySearch(rows, row) is >= 0 and var slot ? Values(slot) : [];

    /// <summary>Writes a stretch of the whole table's gradient.</summary>
    /// <param name="start">Its first element, counted through the table row by row.</param>
    /// <param name="stretch">Overwritten.</param>
    public void Fill(long start, Span<float> stretch)
    {
        stretch.Clear();
        for (int slot = FirstFrom(start); TryRead(slot, start, stretch.Length, out ReadOnlySpan<float> values); slot++)
            values.CopyTo(stretch[(int)Math.Max(0, (long)rows[slot] * Width - start)..]);
    }

    /// <summary>Which of the rows is the first in a stretch of the table.</summary>
    /// <param name="start">The stretch's first element, counted through the table row by row.</param>
    public int FirstFrom(long start)
    {
        int slot = Array.BinarySearch(rows, (int)(start / Width));
        return slot < 0 ? ~slot : slot;
    }

    /// <summary>What of a row lies in a stretch of the table; false when it begins behind it.</summary>
    /// <param name="slot">Which of the rows, from <see cref="FirstFrom"/>.</param>
    /// <param name="start">The stretch's first element.</param>
    /// <param name="length">The stretch's elements.</param>
    /// <param name="values">The row's elements there.</param>
    public bool TryRead(int slot, long start, int length, out ReadOnlySpan<float> values)
    {
        values = default;
        if (slot >= rows.Length || (long)rows[slot] * Width >= start + length) return false;
        long at = (long)rows[slot] * Width - start;
        int from = (int)Math.Max(0, -at), to = (int)Math.Min(Width, length - at);
        values = Values(slot)[from..to];
        return true;
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose() => values.Dispose();

    private Span<float> Values(int slot) => new(values.Pointer<float>() + (long)slot * Width, Width);

    private static void Add(ReadOnlySpan<float> values, Span<float> to)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count) (new Vector<float>(to[i..]) + new Vector<float>(values[i..])).CopyTo(to[i..]);
        for (; i < values.Length; i++) to[i] += values[i];
    }
}
