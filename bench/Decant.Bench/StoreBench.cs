using System.Diagnostics;
using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Training;
using Decant.Models.Bert;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Bench;

/// <summary>
/// How fast a knowledge store is read: shuffled batches of 32 sequences of SST-2, tensors included, for a teacher of width 768.
/// The teacher has one layer, since only the records count here. The fastest of 20 epochs counts: <c>store DATA VOCABULARY SEQUENCES</c>.
/// </summary>
internal static class StoreBench
{
    private const int Width = 768, BatchSize = 32;

    private static readonly (string Name, KnowledgeRequest Request)[] requests =
    [
        ("logits", new() { Logits = true }),
        ("logits and [CLS] of a layer", new() { Logits = true, HiddenStates = [new(1, TokenSelection.Cls)] }),
        ("1l_10t_0.1h and logits", new() { Logits = true, HiddenStates = [new(1, TokenSelection.Attention(10, withoutSeparators: true), NeuronSelection.Magnitude(0.1))] }),
        ("all tokens of a layer", new() { Logits = true, HiddenStates = [new(1, TokenSelection.All)] }),
    ];

    public static void Run(string[] args)
    {
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(args[1]);
        DataSet all = Glue.Load("sst-2", args[0], "train");
        var some = new DataSet(all.Task, all.Split, [.. all.Examples.Take(int.Parse(args[2], CultureInfo.InvariantCulture))], all.Source);
        EncodedDataSet data = EncodedDataSet.Encode(some, tokenizer, 64);
        var config = new BertConfig { VocabSize = tokenizer.Vocabulary.Count, Layers = 1, HiddenSize = Width, Heads = 12, IntermediateSize = Width };
        using var teacher = new OnlineTeacher(new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.02)), 2, separatorId: tokenizer.Vocabulary.SeparatorId);
        foreach ((string name, KnowledgeRequest request) in requests)
            foreach ((StoreValues values, StoreCompression compression) in new[] { (StoreValues.Float32, StoreCompression.None), (StoreValues.Float16, StoreCompression.None), (StoreValues.Int8, StoreCompression.None), (StoreValues.Float16, StoreCompression.Brotli) })
                Measure(name, request, values, compression, teacher, data, tokenizer.Fingerprint);
    }

    private static void Measure(string name, KnowledgeRequest request, StoreValues values, StoreCompression compression, OnlineTeacher teacher, EncodedDataSet data, string tokenizer)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("decant-store-");
        try
        {
            var source = new StoreSource
            {
                Teacher = new StoreTeacher { Fingerprint = "bench", Layers = 1, HiddenSize = Width, Outputs = 2, Parameters = 0, Source = "random weights" },
                Tokenizer = tokenizer, Data = data, Request = request,
            };
            StoreManifest manifest = new StoreBuilder(folder.FullName, source, new() { Values = values, Compression = compression }).Build(teacher);
            using KnowledgeStore store = KnowledgeStore.Open(folder.FullName);
            double seconds = Enumerable.Range(0, 20).Min(epoch => Read(store, request, data, epoch));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, {values}, {compression}: {(double)manifest.Bytes() / manifest.Records():0} bytes a record, {data.Count / seconds:0} sequences/s, {1e3 * seconds * BatchSize / data.Count:0.000} ms a batch"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Seconds of one epoch.
    private static double Read(KnowledgeStore store, KnowledgeRequest request, EncodedDataSet data, int epoch)
    {
        var builder = new TokenBatchBuilder(data);
        BatchPlan plan = new LengthBucketedSampler(data.ExampleLengths(), BatchSize, seed: 1).Epoch(epoch);
        var watch = Stopwatch.StartNew();
        for (int b = 0; b < plan.Count; b++)
        {
            using var scope = new TensorScope();
            store.Read(TrainingBatch.Create(builder.Build(plan[b])), request);
        }
        return watch.Elapsed.TotalSeconds;
    }
}
