using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Training;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store.Format;

/// <summary>Reads a store with nothing but <c>docs/knowledge-store.md</c> at hand: offsets, checksums, keys and fields as they are written there.</summary>
public class DocumentedFormatTests
{
    [Fact]
    public void ReadsAStoreByThePage()
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(50);
        KnowledgeRequest request = new() { Logits = true, HiddenStates = [new(3, TokenSelection.Attention(6), NeuronSelection.Uniform(0.25))] };
        teacher.Build(folder.Root, request, new() { Values = StoreValues.Float32, BlockBytes = 1500 });
        JsonElement manifest = JsonDocument.Parse(File.ReadAllText(folder.File("manifest.json"))).RootElement;
        byte[] shard = File.ReadAllBytes(folder.File(manifest.GetProperty("shards")[0].GetProperty("file").GetString()!));
        Assert.Equal(manifest.GetProperty("shards")[0].GetProperty("bytes").GetInt64(), shard.Length);

        Assert.Equal("DECANTKS"u8, shard.AsSpan(0, 8));
        Assert.Equal((2, 64), (Int(shard, 8), Int(shard, 12)));
        Assert.Equal(Identity(manifest), shard[16..48]);
        Assert.Equal(Crc32C.Of(shard.AsSpan(0, 60)), (uint)Int(shard, 60));
        int seen = 0;
        for (int at = 64; at < shard.Length;)
        {
            Assert.Equal("BLK1"u8, shard.AsSpan(at, 4));
            int records = Int(shard, at + 4), bytes = Int(shard, at + 8), table = at + 40, payload = table + 24 * records;
            Assert.Equal((bytes, seen, 0), (Int(shard, at + 12), Int(shard, at + 16), Int(shard, at + 32)));
            Assert.Equal((Crc32C.Of(shard.AsSpan(table, 24 * records)), Crc32C.Of(shard.AsSpan(payload, bytes)), Crc32C.Of(shard.AsSpan(at, 36))),
                ((uint)Int(shard, at + 24), (uint)Int(shard, at + 28), (uint)Int(shard, at + 36)));
            for (int r = 0; r < records; r++)
            {
                int entry = table + 24 * r;
                AssertRecord(teacher, request, shard[entry..(entry + 16)], shard[(payload + Int(shard, entry + 16))..], BinaryPrimitives.ReadUInt16LittleEndian(shard.AsSpan(entry + 20)));
            }
            seen += records;
            at = payload + bytes;
        }
        Assert.Equal(50, seen);
    }

    private static void AssertRecord(SmallTeacher teacher, KnowledgeRequest request, byte[] key, byte[] record, int tokens)
    {
        int example = Enumerable.Range(0, teacher.Data.Count).Single(e => Key(teacher.Data, e).AsSpan().SequenceEqual(key));
        Assert.Equal(teacher.Data.Length(example), tokens);
        using var scope = new TensorScope();
        TeacherKnowledge said = teacher.Online.Read(TrainingBatch.Create(new TokenBatchBuilder(teacher.Data).Build([example])), request);
        AssertClose(said.Logits.ToArray<float>(), MemoryMarshal.Cast<byte, float>(record.AsSpan(0, 8)));

        int kept = Math.Min(6, tokens), width = 0;
        while (1 << width < tokens) width++;
        bool bitmap = tokens <= kept * width;
        int list = kept == tokens ? 0 : ((bitmap ? tokens : kept * width) + 7) / 8;
        var positions = new List<int>();
        for (int p = 0; p < tokens && bitmap && list > 0; p++)
            if ((record[8 + p / 8] >> (p % 8) & 1) != 0) positions.Add(p);
        for (int i = 0; i < kept && !bitmap; i++)
            positions.Add(Enumerable.Range(0, width).Sum(b => (Bit(record[8..], i * width + b) ? 1 : 0) << b));
        SelectedHiddenState state = said.HiddenState(request.HiddenStates.Single());
        if (list > 0) Assert.Equal(state.Positions!, positions);

        width = 0;
        while (1 << width < kept) width++;
        byte[] order = record[(8 + list)..];
        Assert.Equal(state.Ranks!, Enumerable.Range(0, kept).Select(i => Enumerable.Range(0, width).Sum(b => (Bit(order, i * width + b) ? 1 : 0) << b)));
        list += (kept * width + 7) / 8;

        float[] all = state.Values.ToArray<float>();
        float[] named = [.. Enumerable.Range(0, kept).SelectMany(t => Enumerable.Range(0, 6).Select(i => all[t * SmallTeacher.Hidden + 4 * i]))]; // uniform 0.25
        AssertClose(named, MemoryMarshal.Cast<byte, float>(record.AsSpan(8 + list, 4 * 6 * kept)));
    }

    private static bool Bit(ReadOnlySpan<byte> bytes, int bit) => (bytes[bit / 8] >> (bit % 8) & 1) != 0;

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }

    private static byte[] Key(EncodedDataSet data, int example) =>
        SHA256.HashData(MemoryMarshal.AsBytes<int>([data.FirstSegmentLength(example), .. data.Ids(example)]))[..16];

    private static byte[] Identity(JsonElement manifest) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        (string[])["decant-knowledge-store 2", manifest.GetProperty("teacher").GetProperty("fingerprint").GetString()!, manifest.GetProperty("tokenizer").GetString()!,
            manifest.GetProperty("maxLength").ToString(), "Float32", .. manifest.GetProperty("request").EnumerateArray().Select(part => part.GetString()!)])));

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
