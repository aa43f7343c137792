using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Training;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Store;

public class KnowledgeStoreTests
{
    [Theory]
    [InlineData(StoreValues.Float32, StoreCompression.None, 1e-5)]
    [InlineData(StoreValues.Float32, StoreCompression.Brotli, 1e-5)]
    [InlineData(StoreValues.Float16, StoreCompression.None, 3e-3)]
    [InlineData(StoreValues.BFloat16, StoreCompression.Brotli, 2e-2)]
    [InlineData(StoreValues.Int8, StoreCompression.None, 3e-2)]
    public void AnswersWhatTheTeacherAnswersForShuffledAndRepeatedExamples(StoreValues values, StoreCompression compression, double tolerance)
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher();
        teacher.Build(folder.Root, SmallTeacher.Everything, new() { Values = values, Compression = compression, BlockBytes = 20_000, ShardBytes = 150_000 });
        Assert.True(File.Exists(folder.File("shard-00001.bin")));
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        store.RequireExamples(teacher.Data);
        store.Prepare(SmallTeacher.Everything);
        var random = new Random(1);
        for (int trial = 0; trial < 12; trial++)
        {
            int[] examples = [.. Enumerable.Range(0, 8).Select(_ => random.Next(teacher.Data.Count)), 3, 3];
            TokenBatch batch = new TokenBatchBuilder(teacher.Data, padToAtLeast: trial % 3 == 0 ? 48 : 0).Build(examples);
            if (trial % 2 == 0) store.Expect(batch, SmallTeacher.Everything);
            AssertSame(teacher.Online, store, batch, SmallTeacher.Everything, tolerance);
        }
    }

    [Theory]
    [InlineData("layer 1, tokens cls, neurons all")]
    [InlineData("layer 1, tokens leftFirst 5, neurons all")]
    [InlineData("layer 1, tokens rightFirst 5, neurons magnitude 0.2 sample")]
    [InlineData("layer 1, tokens all, neurons magnitude 0.2 token")]
    [InlineData("layer 1, tokens all, neurons random 0.3 seed 4")]
    [InlineData("layer 2, tokens leftFirst 3, neurons all")]
    [InlineData("layer 2, tokens cls, neurons uniform 0.5")]
    [InlineData("layer 3, tokens attention 8, neurons magnitude 0.1 sample")]
    [InlineData("layer 4, tokens attentionNoSep 10 by scores of layer 4, neurons all")]
    [InlineData("layer 4, tokens attentionNoSep 10 by scores of layer 4, neurons magnitude 0.1 sample")]
    [InlineData("layer 4, tokens attentionNoSep 1 by scores of layer 4, neurons random 0.3 seed 4")]
    [InlineData("layer 0, tokens attention 3 by probabilities of layer 2, neurons magnitude 0.2 token")]
    public void AStoreServesEveryRecipeThatNeedsLess(string wanted)
    {
        KnowledgeRequest stored = new() { Logits = true, HiddenStates = [new(1, TokenSelection.All), new(2, TokenSelection.LeftFirst(10)), new(3, TokenSelection.Attention(8), NeuronSelection.Magnitude(0.3)),
            new(4, TokenSelection.Attention(64, withoutSeparators: true)), new(0, TokenSelection.Attention(12, by: AttentionRank.Probabilities, layer: 2), NeuronSelection.Magnitude(0.4, MagnitudeScope.Token))] };
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(60);
        teacher.Build(folder.Root, stored, new() { Values = StoreValues.Float32 });
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        TokenBatch batch = new TokenBatchBuilder(teacher.Data).Build([0, 9, 31, 59]);
        AssertSame(teacher.Online, store, batch, new() { HiddenStates = [HiddenStateRequest.Parse(wanted)] }, 1e-5);
    }

    [Theory]
    [InlineData("layer 3, tokens cls, neurons all", "[CLS] of hidden states 3")]
    [InlineData("layer 2, tokens leftFirst 11, neurons all", "the first 11 tokens of hidden states 2")]
    [InlineData("layer 2, tokens rightFirst 2, neurons all", "the last 2 tokens of hidden states 2")]
    [InlineData("layer 1, tokens all, neurons magnitude 0.2 batch", "the 20 % largest values of each batch of hidden states 1")]
    public void MoreThanIsStoredIsRefusedByName(string wanted, string words)
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(10);
        teacher.Build(folder.Root, new() { HiddenStates = [new(1, TokenSelection.All), new(2, TokenSelection.LeftFirst(10))] });
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        string message = Assert.Throws<DecantException>(() => store.Prepare(new() { Logits = true, HiddenStates = [HiddenStateRequest.Parse(wanted)] })).Message;
        Assert.Contains("holds all tokens of hidden states 1; the first 10 tokens of hidden states 2", message);
        Assert.Contains("also needs logits;", message);
        Assert.Contains(words, message);
    }

    [Theory]
    [InlineData("layer 3, tokens attention 9 by scores of layer 3, neurons all", "the 9 tokens with most attention from [CLS] (layer 3) of hidden states 3")]
    [InlineData("layer 3, tokens attention 4 by scores of layer 2, neurons all", "the 4 tokens with most attention from [CLS] (layer 2) of hidden states 3")]
    [InlineData("layer 3, tokens attention 4 by probabilities of layer 3, neurons all", "the 4 tokens with most attention from [CLS] (layer 3) of hidden states 3")]
    [InlineData("layer 3, tokens attentionNoSep 4 by scores of layer 3, neurons all", "the 4 tokens with most attention from [CLS], [SEP] last (layer 3) of hidden states 3")]
    [InlineData("layer 2, tokens attention 4 by scores of layer 3, neurons all", "the 4 tokens with most attention from [CLS] (layer 3) of hidden states 2")]
    [InlineData("layer 3, tokens cls, neurons all", "[CLS] of hidden states 3")]
    [InlineData("layer 4, tokens attention 4 by scores of layer 4, neurons magnitude 0.1 sample", "the 4 tokens with most attention from [CLS] (layer 4) × the 10 % largest values of each sample of hidden states 4")]
    public void TokensInAnotherOrderThanTheStoredAreRefused(string wanted, string words)
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(10);
        teacher.Build(folder.Root, new() { HiddenStates = [new(3, TokenSelection.Attention(8)), new(4, TokenSelection.Attention(8), NeuronSelection.Magnitude(0.3))] });
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        Assert.Contains($"but the recipe also needs {words}. Make a store for this recipe with 'decant teach'",
            Assert.Throws<DecantException>(() => store.Prepare(new() { HiddenStates = [HiddenStateRequest.Parse(wanted)] })).Message);
    }

    [Fact]
    public void OtherDataIsRefusedBeforeTrainingAndInABatch()
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(40);
        using var other = new SmallTeacher(40, seed: 2);
        teacher.Build(folder.Root);
        using KnowledgeStore store = KnowledgeStore.Open(folder.Root);
        string message = Assert.Throws<DecantException>(() => store.RequireExamples(other.Data)).Message;
        Assert.Contains($"its field data.fingerprint is '{teacher.Data.Data.Fingerprint}', that of the recipe's data is '{other.Data.Data.Fingerprint}'", message);
        Assert.Contains("40 of 40 sequences have no record (first: example train-0)", message);
        using var scope = new TensorScope();
        TrainingBatch batch = TrainingBatch.Create(new TokenBatchBuilder(other.Data).Build([1, 2]));
        Assert.Contains("no record for example train-1", Assert.Throws<DecantException>(() => store.Read(batch, SmallTeacher.Few)).Message);
        store.Expect(batch.Tokens, SmallTeacher.Few);
        Assert.Contains("no record for example train-1", Assert.Throws<DecantException>(() => store.Read(batch, SmallTeacher.Few)).Message);
    }

    [Fact]
    public void KnowledgeThatDependsOnTheBatchIsNotStored()
    {
        using var teacher = new SmallTeacher(4);
        HiddenStateRequest batchwise = new(1, TokenSelection.All, NeuronSelection.Magnitude(0.1, MagnitudeScope.Batch));
        Assert.Contains("ranked over the whole batch", Assert.Throws<DecantException>(() => new StoreBuilder("nowhere", teacher.Source(new() { HiddenStates = [batchwise] }))).Message);
        Assert.Contains("attention maps", Assert.Throws<DecantException>(() => new StoreBuilder("nowhere", teacher.Source(new() { AttentionScores = [1] }))).Message);
        Assert.False(Directory.Exists("nowhere"));
    }

    internal static void AssertSame(IKnowledgeSource expected, IKnowledgeSource actual, TokenBatch batch, KnowledgeRequest request, double tolerance)
    {
        using var scope = new TensorScope();
        TrainingBatch tensors = TrainingBatch.Create(batch);
        TeacherKnowledge said = expected.Read(tensors, request), read = actual.Read(tensors, request);
        if (request.Logits) AssertClose(said.Logits, read.Logits, 1e-5);
        if (request.Pooled) AssertClose(said.Pooled!, read.Pooled!, tolerance);
        foreach (HiddenStateRequest part in request.HiddenStates)
        {
            SelectedHiddenState a = said.HiddenState(part), b = read.HiddenState(part);
            AssertClose(a.Values, b.Values, tolerance);
            Assert.Equal(a.Positions, b.Positions);
            Assert.Equal(a.Ranks, b.Ranks);
            Assert.Equal(a.Counts, b.Counts);
            Assert.Equal(a.KeptNeurons is null, b.KeptNeurons is null);
            if (a.KeptNeurons is { } kept) Assert.Equal(kept.Expand(a.Values.Shape).ToArray<bool>(), b.KeptNeurons!.Expand(a.Values.Shape).ToArray<bool>());
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float[] a = expected.ToArray<float>(), b = actual.ToArray<float>();
        double largest = Math.Max(1, a.Max(MathF.Abs));
        Assert.InRange(a.Zip(b, (x, y) => Math.Abs(x - y)).Max(), 0, tolerance * largest);
    }
}
