using Decant.Inference.Kernels;
using Decant.Inference.Threads;
using Decant.Models.Bert;
using Decant.Text.Tokenization;

namespace Decant.Inference.Engines.Packed;

/// <summary>
/// BERT on the CPU. Tokens of all texts are the rows of one matrix, so nothing is computed for padding; weights are packed once for
/// the vector kernels; the last layer is computed for first tokens alone. Rows go through a layer in blocks that stay in the caches.
/// </summary>
internal sealed class PackedEngine : IInferenceEngine
{
    private readonly PackedEmbeddings _embeddings;
    private readonly PackedLayer[] _layers;
    private readonly PackedHead _head;
    private readonly WorkerPool _workers;

    /// <param name="model">Its weights are copied.</param>
    /// <param name="kernels">Who computes; null for the best of this processor.</param>
    public PackedEngine(BertClassifier model, VectorKernels? kernels = null)
    {
        kernels ??= VectorKernels.Best;
        BertConfig config = model.Config;
        var sizes = new LayerSizes(config, kernels);
        var weights = new WeightSource(model.NamedParameters());
        WeightSource bert = weights.Below("bert");
        _embeddings = new PackedEmbeddings(kernels, sizes, config, bert);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(l => new PackedLayer(l, kernels, sizes, config, bert.Below($"encoder.layer.{l}")))];
        _head = new PackedHead(kernels, sizes, model.Head, weights);
        _workers = new WorkerPool(() => new Worker(sizes, kernels, Outputs));
    }

    public int Outputs => _head.Outputs;

    public bool HasAdaptiveExit => false;

    public void Run(EncodedTexts texts, int first, int count, double speed, Span<float> logits, Span<int> exitLayers)
    {
        var rows = new RaggedRows(texts, first, count);
        var results = new float[count * Outputs];
        int workers = WorkSplit.Workers(rows.Rows);
        if (workers > 1 && count < 2 * workers) RunTogether(rows, workers, results);
        else ComputeThreads.Run(new SeparateTexts(this, rows, WorkSplit.Shares(rows, workers), results), workers);
        results.CopyTo(logits);
    }

    public void Dispose()
    {
        _embeddings.Dispose();
        foreach (PackedLayer layer in _layers) layer.Dispose();
        _head.Dispose();
        _workers.Dispose();
    }

    private void RunTogether(RaggedRows rows, int workers, float[] results)
    {
        Worker memory = _workers.Rent();
        memory.Shared.Require(rows.Rows);
        ComputeThreads.Run(new SharedTexts(this, rows, memory.Shared, results), workers);
        _workers.Return(memory);
    }

    /// <summary>Every worker takes some texts through the whole network, then some others: nobody waits for anybody.</summary>
    private sealed unsafe class SeparateTexts(PackedEngine engine, RaggedRows texts, int[] shares, float[] results) : IParallelWork
    {
        private int _next = -1;

        public void Run(int worker, int workers)
        {
            Worker memory = engine._workers.Rent();
            for (int share = Interlocked.Increment(ref _next); share < shares.Length - 1; share = Interlocked.Increment(ref _next))
            {
                int first = shares[share];
                RunShare(texts.Part(first, shares[share + 1] - first), memory, results.AsSpan(first * engine.Outputs));
            }
            engine._workers.Return(memory);
        }

        private void RunShare(RaggedRows part, Worker memory, Span<float> logits)
        {
            Activations activations = memory.Activations;
            int rows = part.Rows;
            activations.Require(rows);
            engine._embeddings.Run(part, 0, rows, activations.Hidden);
            foreach (PackedLayer layer in engine._layers.AsSpan()[..^1])
            {
                layer.Project(0, rows, activations);
                layer.Finish(part, 0, rows, activations, memory.Scratch);
            }
            engine._layers[^1].Project(0, rows, activations, withQueries: false);
            engine._layers[^1].FinishFirstTokens(part, 0, part.Count, activations, memory.FirstTokens, memory.Scratch);
            engine._head.Run(memory.FirstTokens.Hidden, part.Count, memory.Scratch, logits);
        }
    }

    /// <summary>Too few texts for every worker to have its own: each takes some of the rows, and all meet once a layer.</summary>
    private sealed unsafe class SharedTexts(PackedEngine engine, RaggedRows texts, Activations activations, float[] results) : IParallelWork
    {
        private readonly MeetingPoint _meeting = new();

        public void Run(int worker, int workers)
        {
            Worker memory = engine._workers.Rent();
            try
            {
                RunRows(WorkSplit.Row(texts.Rows, worker, workers), WorkSplit.Row(texts.Rows, worker + 1, workers), workers, memory);
                RunHead(texts.Count * worker / workers, texts.Count * (worker + 1) / workers, memory);
            }
            catch
            {
                _meeting.Break();
                throw;
            }
            engine._workers.Return(memory);
        }

        private void RunRows(int first, int last, int workers, Worker memory)
        {
            engine._embeddings.Run(texts, first, last, activations.Hidden);
            foreach (PackedLayer layer in engine._layers.AsSpan()[..^1])
            {
                layer.Project(first, last, activations);
                _meeting.Wait(workers);
                layer.Finish(texts, first, last, activations, memory.Scratch);
            }
            engine._layers[^1].Project(first, last, activations, withQueries: false);
            _meeting.Wait(workers);
        }

        private void RunHead(int first, int last, Worker memory)
        {
            engine._layers[^1].FinishFirstTokens(texts, first, last, activations, memory.FirstTokens, memory.Scratch);
            engine._head.Run(memory.FirstTokens.Hidden, last - first, memory.Scratch, results.AsSpan(first * engine.Outputs));
        }
    }
}
