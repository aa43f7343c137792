using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Training;
using Decant.Tests.Knowledge.Store.Building;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store;

public sealed class StoreFaultTests : IDisposable
{
    private static readonly StoreBuildOptions small = new() { BlockBytes = 1000, ShardBytes = 6000 };
    private readonly TemporaryFolder folder = new();
    private readonly SmallTeacher teacher = new(200);

    public StoreFaultTests() => teacher.Build(folder.File("store"), options: small);

    public void Dispose()
    {
        teacher.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void AWholeStoreIsSound()
    {
        StoreVerification found = StoreVerifier.Verify(folder.File("store"));
        Assert.Empty(found.Problems);
        Assert.Equal(200, found.Records);
        Assert.Equal(found.Manifest.Bytes(), found.Bytes);
    }

    [Fact]
    public void ATruncatedShardIsRefusedAndRepaired() => AssertRefusedAndRepaired(
        path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]), "bytes instead of", "it ends in the middle of a block");

    [Fact]
    public void AMissingShardIsRefusedAndRepaired() => AssertRefusedAndRepaired(File.Delete, "is damaged: it is missing", "it is missing");

    [Fact]
    public void AShardOfAnotherStoreIsRefusedAndRepaired()
    {
        new StoreBuilder(folder.File("other"), teacher.Source() with { Tokenizer = "another" }, small).Build(teacher.Online);
        AssertRefusedAndRepaired(path => File.Copy(path.Replace("store", "other"), path, overwrite: true), "it belongs to another store", "it belongs to another store");
    }

    [Theory]
    [InlineData(70, "header is damaged")]     // the shard's first block
    [InlineData(110, "record table of a block is damaged")]
    public void AFlippedByteOfATableIsRefusedAndRepaired(int at, string words) => AssertRefusedAndRepaired(path => Flip(path, at), words, words);

    [Fact]
    public void AFlippedValueStopsTrainingAndIsRepaired()
    {
        string path = Path.Combine(folder.File("store"), "shard-00001.bin");
        byte[] whole = File.ReadAllBytes(path);
        Flip(path, whole.Length - 5);
        using (KnowledgeStore store = KnowledgeStore.Open(folder.File("store")))
            Assert.Contains("shard-00001.bin is damaged: the values of the block at byte", Assert.Throws<DecantException>(() => ReadAll(store)).Message);
        Assert.Contains("the values of a block are damaged", Assert.Single(StoreVerifier.Verify(folder.File("store")).Problems));
        new StoreBuilder(folder.File("store"), teacher.Source(), small with { Repair = true }).Build(teacher.Online);
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Fact]
    public void OtherThingsAreRefusedByNameWithBothValues()
    {
        StoreSource source = teacher.Source();
        using var other = new SmallTeacher(200, seed: 2);
        AssertRefused(source with { Teacher = source.Teacher with { Fingerprint = "bbb" } }, small, $"its field teacher.fingerprint is '{source.Teacher.Fingerprint}', but 'bbb' is wanted");
        AssertRefused(source with { Tokenizer = "ccc" }, small, $"its field tokenizer is '{source.Tokenizer}', but 'ccc' is wanted");
        AssertRefused(source with { Request = SmallTeacher.Everything }, small, "its field request is 'logits; layer 2, tokens cls, neurons all', but 'logits; pooled; ");
        AssertRefused(source with { Data = other.Data }, small, $"its field data.fingerprint is '{teacher.Data.Data.Fingerprint}', but '{other.Data.Data.Fingerprint}' is wanted");
        AssertRefused(source, small with { Values = StoreValues.Int8 }, "its field values is 'Float16', but 'Int8' is wanted");
        AssertRefused(source, small with { Part = 2, Parts = 3 }, "its field data.part is '1 of 1', but '2 of 3' is wanted");
    }

    [Fact]
    public void TrainingRefusesAnotherTeacherTokenizerLengthAndOrderOfLabels()
    {
        StoreManifest manifest = teacher.Source().ToManifest(small, 1);
        void Try(string? fingerprint, string tokenizer, int length, string[] labels) => StoreMatch.RequireTraining("s", manifest, fingerprint, tokenizer, length, labels);
        string[] labels = ["negative", "positive"];
        Try(manifest.Teacher.Fingerprint, SmallTeacher.Tokenizer, 48, labels);
        Try(null, SmallTeacher.Tokenizer, 48, labels);
        Assert.Contains("its field teacher.fingerprint is 'aaaa", Assert.Throws<DecantException>(() => Try("bb", SmallTeacher.Tokenizer, 48, labels)).Message);
        Assert.Contains($"its field tokenizer is '{SmallTeacher.Tokenizer}', but 'x' is wanted", Assert.Throws<DecantException>(() => Try(null, "x", 48, labels)).Message);
        Assert.Contains("its field maxLength is '48', but '64' is wanted", Assert.Throws<DecantException>(() => Try(null, SmallTeacher.Tokenizer, 64, labels)).Message);
        Assert.Contains("its field data.labels is 'negative, positive', but 'positive, negative' is wanted", Assert.Throws<DecantException>(() => Try(null, SmallTeacher.Tokenizer, 48, ["positive", "negative"])).Message);
    }

    [Fact]
    public void ASecondBuilderIsRefusedAndAForeignFolderLeftAlone()
    {
        using (StoreLock.Take(new StoreFolder(folder.File("new"))))
            Assert.Contains("another process may be building it", Assert.Throws<DecantException>(() => teacher.Build(folder.File("new"))).Message);
        using (KnowledgeStore.Open(folder.File("store")))
        using (KnowledgeStore.Open(folder.File("store"))) // any number may read
            Assert.Contains("or training from it", Assert.Throws<DecantException>(() => teacher.Build(folder.File("store"), options: small with { Repair = true })).Message);
        folder.Write("mine/thesis.txt", "years of work");
        Assert.Contains("(there is thesis.txt, but no manifest.json)", Assert.Throws<DecantException>(() => teacher.Build(folder.File("mine"))).Message);
        Assert.Equal("years of work", File.ReadAllText(folder.File("mine/thesis.txt")));
    }

    private void AssertRefused(StoreSource source, StoreBuildOptions options, string words) =>
        Assert.Contains(words, Assert.Throws<DecantException>(() => new StoreBuilder(folder.File("store"), source, options).Build(teacher.Online)).Message);

    private void AssertRefusedAndRepaired(Action<string> harm, string openWords, string verifyWords)
    {
        string store = folder.File("store"), whole = folder.File("whole");
        teacher.Build(whole, options: small);
        harm(Path.Combine(store, "shard-00001.bin"));
        Assert.Contains(openWords, Assert.Throws<DecantException>(() => KnowledgeStore.Open(store)).Message);
        Assert.Contains(verifyWords, Assert.Single(StoreVerifier.Verify(store).Problems));
        new StoreBuilder(store, teacher.Source(), small with { Repair = true }).Build(teacher.Online);
        StoreResumeTests.AssertSameFiles(whole, store);
    }

    private void ReadAll(KnowledgeStore store)
    {
        for (int e = 0; e < teacher.Data.Count; e++)
        {
            using var scope = new TensorScope();
            store.Read(TrainingBatch.Create(new TokenBatchBuilder(teacher.Data).Build([e])), SmallTeacher.Few);
        }
    }

    private static void Flip(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 16;
        File.WriteAllBytes(path, bytes);
    }
}
