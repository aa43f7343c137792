using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>
/// Which sequences of a data set the teacher has to see, in which batches: each different one once, those of like length together,
/// the longest first. It depends on the data alone, so that a build that was stopped goes on with the same batches to the same bits,
/// and the parts of a divided build give together what an undivided one gives.
/// </summary>
internal sealed class SequencePlan
{
    private readonly int[] sequences;
    private readonly BatchPlan batches;
    private readonly int part, parts;

    private SequencePlan(EncodedDataSet data, UInt128[] keys, int[] sequences, int part, int parts)
    {
        (Data, Keys, this.sequences, this.part, this.parts) = (data, keys, sequences, part, parts);
        batches = new TokenBudgetSampler([.. sequences.Select(data.Length)]).Epoch(0);
        for (int b = 0; b < Count; b++) Records += this[b].Length;
    }

    /// <summary>The data set.</summary>
    public EncodedDataSet Data { get; }

    /// <summary>The key of every sequence of the data set.</summary>
    public UInt128[] Keys { get; }

    /// <summary>Different sequences of the whole data set.</summary>
    public int Distinct => sequences.Length;

    /// <summary>Batches of this part.</summary>
    public int Count => (batches.Count - part + parts) / parts;

    /// <summary>Records of this part.</summary>
    public long Records { get; }

    /// <summary>The sequences of a batch, as places in the data set's sequences.</summary>
    /// <param name="batch">0 … <see cref="Count"/> − 1.</param>
    public int[] this[int batch]
    {
        get
        {
            ReadOnlySpan<int> places = batches[batch * parts + part - 1];
            var chosen = new int[places.Length];
            for (int i = 0; i < chosen.Length; i++) chosen[i] = sequences[places[i]];
            return chosen;
        }
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="part">The part that is built, from 1.</param>
    /// <param name="parts">In how many the batches are dealt out.</param>
    public static SequencePlan Of(EncodedDataSet data, int part = 1, int parts = 1)
    {
        UInt128[] keys = KeysOf(data);
        var seen = new HashSet<UInt128>(keys.Length);
        return new SequencePlan(data, keys, [.. Enumerable.Range(0, keys.Length).Where(s => seen.Add(keys[s]))], part, parts);
    }

    /// <summary>The key of every sequence of a data set.</summary>
    public static UInt128[] KeysOf(EncodedDataSet data)
    {
        var keys = new UInt128[data.Sequences];
        Parallel.For(0, keys.Length, s => keys[s] = SequenceKey.Of(data.Ids(s), data.FirstSegmentLength(s)));
        return keys;
    }
}
