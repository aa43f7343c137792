using System.Buffers.Binary;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Training;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store;

/// <summary>Whatever the bytes are, the reader says so in words or gives what was written.</summary>
public sealed class StoreFuzzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallTeacher teacher = new(24);
    private readonly string store;
    private readonly string shard;
    private readonly byte[] sound;

    public StoreFuzzTests()
    {
        store = folder.File("store");
        teacher.Build(store, SmallTeacher.Everything, new StoreBuildOptions { BlockBytes = 4000 });
        shard = Path.Combine(store, "shard-00000.bin");
        sound = File.ReadAllBytes(shard);
    }

    public void Dispose()
    {
        teacher.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void ADamagedShardIsAlwaysNoticed()
    {
        foreach (byte[] bytes in Mutations.Of(sound, 400, seed: 1))
        {
            if (bytes.AsSpan().SequenceEqual(sound)) continue;
            File.WriteAllBytes(shard, bytes);
            Assert.NotEmpty(StoreVerifier.Verify(store).Problems);
            Assert.Throws<DecantException>(ReadAll);
        }
    }

    // Damage whose checksums are right, as of a writer with a fault: the reader must not trip over it.
    [Fact]
    public void NonsenseWithRightChecksumsIsReadOrRefusedInWords()
    {
        var random = new Random(2);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] bytes = [.. sound];
            SpoilAndSeal(bytes, random);
            File.WriteAllBytes(shard, bytes);
            StoreVerifier.Verify(store);
            if (Record.Exception(ReadAll) is not { } problem) continue;
            Assert.IsType<DecantException>(problem);
            refused++;
        }
        Assert.InRange(refused, 50, 300);
    }

    [Fact]
    public void ADamagedManifestIsRefusedInWords()
    {
        string path = Path.Combine(store, "manifest.json");
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(File.ReadAllBytes(path), 600, seed: 3))
        {
            File.WriteAllBytes(path, bytes);
            if (Record.Exception(ReadAll) is not { } problem) continue;
            Assert.IsType<DecantException>(problem);
            refused++;
        }
        Assert.InRange(refused, 300, 600);
    }

    [Theory]
    [InlineData("\"version\": 2", "\"version\": 1", "its field version is 1, and this program reads 2: make the store again, in another folder, with 'decant teach'. Nothing was changed.")]
    [InlineData("\"version\": 2", "\"version\": 3", "its field version is 3, and this program reads 2: read it with a newer one. Nothing was changed.")]
    [InlineData("\"version\": 2", "\"version\": 2.5", "its field version is 2.5, and this program reads 2. Nothing was changed.")]
    [InlineData("decant-knowledge-store", "something-else", "its field format is not 'decant-knowledge-store'")]
    [InlineData("shard-00000.bin", "../../etc/passwd", "its field shards[0] makes no sense")]
    [InlineData("\"hiddenSize\": 24", "\"hiddenSize\": -24", "its field the teacher's sizes makes no sense")]
    [InlineData("\"layer 1, tokens all, neurons all\"", "\"layer 1, tokens some\"", "is no request for a hidden state")]
    public void AManifestThatMakesNoSenseSaysWhere(string from, string to, string words)
    {
        string path = Path.Combine(store, "manifest.json"), text = File.ReadAllText(path);
        Assert.Contains(from, text);
        File.WriteAllText(path, text.Replace(from, to));
        Assert.Contains(words, Assert.Throws<DecantException>(() => KnowledgeStore.Open(store)).Message);
    }

    private void ReadAll()
    {
        using KnowledgeStore opened = KnowledgeStore.Open(store);
        using var scope = new TensorScope();
        opened.RequireExamples(teacher.Data);
        TokenBatch batch = new TokenBatchBuilder(teacher.Data).Build([.. Enumerable.Range(0, teacher.Data.Count)]);
        opened.Read(TrainingBatch.Create(batch), opened.Manifest.KnowledgeRequest());
    }

    private static void SpoilAndSeal(byte[] bytes, Random random)
    {
        for (int at = ShardHeader.Size; at < bytes.Length;)
        {
            Span<byte> header = bytes.AsSpan(at);
            int table = BinaryPrimitives.ReadInt32LittleEndian(header[4..]) * RecordEntry.Size, stored = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
            Span<byte> body = header.Slice(BlockHeader.Size, table + stored);
            if (random.Next(3) == 0) body[random.Next(table)] = (byte)random.Next(256);
            for (int n = random.Next(4); n > 0; n--) body[table + random.Next(stored)] = (byte)random.Next(256);
            BinaryPrimitives.WriteUInt32LittleEndian(header[24..], Crc32C.Of(body[..table]));
            BinaryPrimitives.WriteUInt32LittleEndian(header[28..], Crc32C.Of(body[table..]));
            BinaryPrimitives.WriteUInt32LittleEndian(header[36..], Crc32C.Of(header[..36]));
            at += BlockHeader.Size + table + stored;
        }
    }
}
