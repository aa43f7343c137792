using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Knowledge.Store.Reading;
using Decant.Text.Batching;

namespace Decant.Tests.Knowledge.Store.Reading;

public class BatchSlotTests
{
    [Theory]
    [InlineData(StoreValues.Float32, StoreCompression.None)]
    [InlineData(StoreValues.Float16, StoreCompression.Brotli)]
    [InlineData(StoreValues.Int8, StoreCompression.None)]
    public void ReadingShuffledBatchesAllocatesNothing(StoreValues values, StoreCompression compression)
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(200);
        StoreManifest manifest = teacher.Build(folder.Root, SmallTeacher.Everything, new() { Values = values, Compression = compression });
        using var table = new RecordTable(new StoreFolder(folder.Root), manifest);
        StoredField[] fields = manifest.CreateFields();
        var slot = new BatchSlot(table, fields, folder.Root);
        ReadPlan plan = ReadPlan.Of(SmallTeacher.Everything, fields, SmallTeacher.Hidden, out _);
        TokenBatch[] batches = [.. Batches(teacher.Data)];
        foreach (TokenBatch batch in batches) slot.Run(batch, plan);

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (TokenBatch batch in batches) slot.Run(batch, plan);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void BatchesThatWereExpectedAndNeverReadHarmNothing()
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(200);
        teacher.Build(folder.Root);
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        TokenBatch[] batches = [.. Batches(teacher.Data), .. Batches(teacher.Data), .. Batches(teacher.Data)];
        foreach (TokenBatch batch in batches) store.Expect(batch, SmallTeacher.Few);
        foreach (TokenBatch batch in batches.Reverse()) KnowledgeStoreTests.AssertSame(teacher.Online, store, batch, SmallTeacher.Few, 3e-3);
        foreach (TokenBatch batch in batches) store.Expect(batch, SmallTeacher.Few);
    }

    private static IEnumerable<TokenBatch> Batches(EncodedDataSet data)
    {
        BatchPlan plan = new LengthBucketedSampler(data.ExampleLengths(), 8, seed: 3).Epoch(0);
        for (int b = 0; b < plan.Count; b++) yield return new TokenBatchBuilder(data).Build(plan[b]);
    }
}
