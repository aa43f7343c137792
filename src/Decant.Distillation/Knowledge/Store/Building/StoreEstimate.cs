using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Distillation.Knowledge.Store.Building;

/// <summary>What a store will take.</summary>
/// <param name="Records">Different sequences of this part.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Bytes">Bytes of the files, before general compression. Where values decide which neurons are kept, a little less is used.</param>
/// <param name="FullBytes">Bytes of all hidden states of all layers for the same sequences in single precision, for comparison.</param>
public sealed record StoreEstimate(long Records, long Tokens, long Bytes, long FullBytes)
{
    /// <summary>Bytes of a record on average, its entry in the table included.</summary>
    public double BytesPerRecord => Records == 0 ? 0 : (double)Bytes / Records;

    internal static StoreEstimate Of(SequencePlan plan, StoredField[] fields, TeacherShape teacher)
    {
        long records = 0, tokens = 0, bytes = ShardHeader.Size;
        for (int b = 0; b < plan.Count; b++)
        {
            bytes += BlockHeader.Size;
            foreach (int sequence in plan[b])
            {
                int length = plan.Data.Length(sequence);
                records++;
                tokens += length;
                bytes += RecordEntry.Size;
                foreach (StoredField field in fields) bytes += field.TypicalSize(length);
            }
        }
        return new StoreEstimate(records, tokens, bytes, tokens * (teacher.Layers + 1) * teacher.HiddenSize * sizeof(float));
    }
}
