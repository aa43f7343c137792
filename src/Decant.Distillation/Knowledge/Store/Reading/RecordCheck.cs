using System.IO.Compression;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>Decodes every record of a block, as training would.</summary>
/// <param name="fields">The fields of a record.</param>
/// <param name="maxLength">Most tokens of a sequence.</param>
internal sealed class RecordCheck(StoredField[] fields, int maxLength)
{
    private readonly FieldArrays arrays = new();

    /// <summary>What is wrong with the records of the block that a walk has passed; null when nothing is.</summary>
    public string? Problem(BlockWalk walk)
    {
        ReadOnlySpan<byte> payload = walk.Payload, table = walk.Table;
        if (walk.Header.Compression != StoreCompression.None)
        {
            var unpacked = new byte[walk.Header.RawBytes];
            if (!BrotliDecoder.TryDecompress(payload, unpacked, out int written) || written != unpacked.Length) return "a block cannot be unpacked";
            payload = unpacked;
        }
        for (int r = 0; r < walk.Header.Records; r++)
        {
            RecordEntry entry = RecordEntry.Read(table[(r * RecordEntry.Size)..]);
            int end = r + 1 == walk.Header.Records ? payload.Length : RecordEntry.Read(table[((r + 1) * RecordEntry.Size)..]).Offset;
            if (entry.Tokens > maxLength || !Reads(payload[entry.Offset..end], entry.Tokens)) return "a record makes no sense";
        }
        return null;
    }

    private bool Reads(ReadOnlySpan<byte> record, int tokens)
    {
        var batch = new TokenBatch { Examples = 1, Choices = 1, Length = tokens, InputIds = [], TokenTypeIds = [], Lengths = [tokens], ExampleIndices = [0], ExampleIds = [""] };
        foreach (StoredField field in fields)
        {
            field.Shape(batch, arrays);
            if (!field.TryCut(ref record, tokens, out ReadOnlySpan<byte> bytes) || !field.TryDecode(bytes, 0, tokens, arrays)) return false;
        }
        return record.IsEmpty;
    }
}
