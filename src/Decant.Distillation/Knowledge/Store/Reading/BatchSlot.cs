using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>
/// Reads the records of one batch, on whatever thread: at once, or ahead of time on the thread pool. Its arrays are used again for
/// later batches, so that nothing is allocated for a record.
/// </summary>
internal sealed class BatchSlot(RecordTable table, StoredField[] fields, string path) : IThreadPoolWorkItem
{
    private readonly FieldArrays[] arrays = [.. fields.Select(_ => new FieldArrays())];
    private readonly ManualResetEventSlim done = new(initialState: true);
    private readonly UnpackedBlock unpacked = new();
    private long[] places = [];
    private int[] rows = [];
    private Exception? failure;

    /// <summary>The batch that is read.</summary>
    public TokenBatch? Batch { get; private set; }

    /// <summary>What is read of it.</summary>
    public ReadPlan? Plan { get; private set; }

    /// <summary>Reads in the background.</summary>
    public void Start(TokenBatch batch, ReadPlan plan)
    {
        (Batch, Plan, failure) = (batch, plan, null);
        done.Reset();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Reads now.</summary>
    public void Run(TokenBatch batch, ReadPlan plan)
    {
        (Batch, Plan, failure) = (batch, plan, null);
        Fill();
    }

    /// <summary>Waits until the batch is read.</summary>
    /// <exception cref="DecantException">A record is missing or damaged.</exception>
    public void Wait()
    {
        done.Wait();
        if (failure is { } thrown) throw thrown is DecantException ? new DecantException(thrown.Message, thrown) : thrown;
    }

    /// <summary>Waits until the background has let go, whatever came of it.</summary>
    public void Settle() => done.Wait();

    /// <summary>Called by the thread pool.</summary>
    public void Execute()
    {
        try
        {
            Fill();
        }
        catch (Exception e)
        {
            failure = e;
        }
        done.Set();
    }

    /// <summary>What was read of a field.</summary>
    public FieldArrays this[int field] => arrays[field];

    private void Fill()
    {
        TokenBatch batch = Batch!;
        Locate(batch);
        for (int f = 0; f < fields.Length; f++)
            if (Plan!.IsRead[f]) fields[f].Shape(batch, arrays[f]);
        for (int i = 0; i < batch.Sequences; i++)
        {
            ReadOnlySpan<byte> record = table.Read(places[i], unpacked, out int tokens);
            if (tokens != batch.Lengths[rows[i]] || !TryDecode(record, rows[i], tokens)) throw table.Damaged(places[i]);
        }
    }

    // In the order of the disk, so that a packed block is unpacked once and pages are read in a row.
    private void Locate(TokenBatch batch)
    {
        int count = batch.Sequences;
        if (places.Length < count) (places, rows) = (new long[count], new int[count]);
        for (int row = 0; row < count; row++)
        {
            int start = row * batch.Length, length = batch.Lengths[row];
            UInt128 key = SequenceKey.Of(batch.InputIds.AsSpan(start, length), batch.TokenTypeIds.AsSpan(start, length));
            (places[row], rows[row]) = (table.Find(key), row);
            if (places[row] < 0)
                throw new DecantException($"The knowledge store {path} has no record for example {batch.ExampleIds[row / batch.Choices]}; it was made from other data. Make one for this data with 'decant teach'.");
        }
        Array.Sort(places, rows, 0, count);
    }

    private bool TryDecode(ReadOnlySpan<byte> record, int row, int tokens)
    {
        for (int f = 0; f < fields.Length; f++)
        {
            if (!fields[f].TryCut(ref record, tokens, out ReadOnlySpan<byte> field)) return false;
            if (Plan!.IsRead[f] && !fields[f].TryDecode(field, row, tokens, arrays[f])) return false;
        }
        return record.IsEmpty;
    }
}
