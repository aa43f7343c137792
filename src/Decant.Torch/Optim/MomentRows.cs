namespace Decant.Torch.Optim;

/// <summary>
/// Where the moments of a table's rows lie: in the order in which the rows first got a gradient. Of a table of words most rows never do,
/// and the moments of the others stand side by side at the front, so that memory is taken for them alone.
/// </summary>
internal sealed class MomentRows : IDisposable
{
    /// <summary>The place of a row that has no moments.</summary>
    public const int None = -1;

    // A matrix with more rows than any layer has is a table of words.
    private const long SmallestTable = 8192;

    private readonly Tensor places;

    private MomentRows(long rows) => places = TensorScope.Release(Tensor.Full([rows], None, DType.Int32));

    /// <summary>The place of each row among the moments, −1 for none: int32 [rows], for checkpoints.</summary>
    public Tensor Places => places;

    /// <summary>Rows that have moments.</summary>
    /// <exception cref="DecantException">A place that was read from a file is impossible.</exception>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (int place in places.Span<int>())
            {
                if (place < None || place >= places.Count) throw new DecantException($"The moments of a table of {places.Count} rows have a place {place}: the checkpoint is damaged.");
                count = Math.Max(count, place + 1);
            }
            return count;
        }
    }

    /// <summary>For a parameter that is a large table on the CPU; null for others.</summary>
    public static MomentRows? For(Tensor parameter) => parameter.IsCpuFloat && parameter.Rank == 2 && parameter.Size(0) >= SmallestTable ? new(parameter.Size(0)) : null;

    /// <summary>Gives places to the rows that get a gradient for the first time.</summary>
    public void Admit(GradientSource grad)
    {
        Span<int> known = places.Span<int>();
        int next = Count;
        if (grad.Rows is { } rows)
        {
            foreach (int row in rows.Rows)
                if (known[row] == None) known[row] = next++;
            return;
        }
        foreach (ref int place in known)
            if (place == None) place = next++;
    }

    /// <summary>Frees the places.</summary>
    public void Dispose() => places.Dispose();
}
