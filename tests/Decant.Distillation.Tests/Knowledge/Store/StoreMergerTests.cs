using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Text.Batching;

namespace Decant.Tests.Knowledge.Store;

public sealed class StoreMergerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallTeacher teacher = new(700);

    public void Dispose()
    {
        teacher.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void PartsMakeAWholeThatAnswersAsTheUndividedStore()
    {
        teacher.Build(folder.File("whole"));
        string[] parts = BuildParts(3);
        Assert.Contains("is only a part: of the 3 parts of synthetic-reviews train, 1, 3 are missing", Assert.Throws<DecantException>(() => KnowledgeStore.Open(parts[1])).Message);
        StoreManifest merged = StoreMerger.Merge(folder.File("merged"), [parts[2], parts[0], parts[1]]);
        Assert.Equal(700, merged.Records());
        Assert.Empty(StoreVerifier.Verify(folder.File("merged")).Problems);
        using KnowledgeStore whole = KnowledgeStore.Open(folder.File("whole")), store = KnowledgeStore.Open(folder.File("merged"));
        store.RequireExamples(teacher.Data);
        for (int e = 0; e < 700; e += 50)
            KnowledgeStoreTests.AssertSame(whole, store, new TokenBatchBuilder(teacher.Data).Build([e, e + 7]), SmallTeacher.Few, 0);
    }

    [Fact]
    public void StoresOfSeveralDataSetsMakeOne()
    {
        using var more = new SmallTeacher(50, seed: 9);
        teacher.Build(folder.File("a"));
        more.Build(folder.File("b"));
        StoreMerger.Merge(folder.File("both"), [folder.File("a"), folder.File("b")]);
        using KnowledgeStore store = KnowledgeStore.Open(folder.File("both"));
        store.RequireExamples(teacher.Data);
        store.RequireExamples(more.Data);
    }

    [Fact]
    public void WhatDoesNotBelongTogetherIsRefused()
    {
        string[] parts = BuildParts(2);
        Assert.Contains("of the 2 parts of synthetic-reviews train, 2 is missing", Refusal(parts[0]));
        Assert.Contains("Part 1 of 2 of synthetic-reviews train is there twice", Refusal(parts[0], parts[0]));
        teacher.Build(folder.File("pooled"), new() { Pooled = true });
        Assert.Contains("its field request is 'pooled', but 'logits; layer 2, tokens cls, neurons all' is wanted", Refusal(parts[0], folder.File("pooled")));
        Assert.False(Directory.Exists(folder.File("merged")));
        File.Delete(Path.Combine(parts[1], "shard-00000.bin"));
        Assert.Contains("is damaged: shard-00000.bin: it is missing", Refusal(parts));
    }

    private string Refusal(params string[] sources) => Assert.Throws<DecantException>(() => StoreMerger.Merge(folder.File("merged"), sources)).Message;

    private string[] BuildParts(int count) => [.. Enumerable.Range(1, count).Select(part =>
    {
        teacher.Build(folder.File($"part-{part}"), options: new() { Part = part, Parts = count });
        return folder.File($"part-{part}");
    })];
}
