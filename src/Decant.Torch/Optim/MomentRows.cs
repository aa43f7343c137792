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

    /// <summary>Rows that have moments: their places are 0, 1, 2 and so on.</summary>
    /// <exception cref="DecantException">Places that were read from a file are not so.</exception>
    public int Count
    {
        get
        {
            int count = 0, last = None, least = None;
            foreach (int place in places.Span<int>())
            {
                if (place != None) count++;
                last = Math.Max(last, place);
                least = Math.Min(least, place);
            }
            return least == None && last == count - 1 ? count
                : throw new DecantException($"The moments of a table with {places.Count} rows are not in their places, which are {count} from {least} to {last}: the checkpoint is damaged.");
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
