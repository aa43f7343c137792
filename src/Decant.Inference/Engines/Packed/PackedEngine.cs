using Decant.Inference.Threads;
using Decant.Text.Tokenization;

namespace Decant.Inference.Engines.Packed;

/// <summary>
/// Runs a network on the CPU. Tokens of all texts are the rows of one matrix, so nothing is computed for padding; weights are packed
/// once for the vector kernels; rows go through a layer in blocks that stay in the caches.
/// </summary>
/// <param name="network">The engine owns it.</param>
/// <param name="threads">Who works.</param>
internal sealed class PackedEngine(IPackedNetwork network, ComputeThreads threads) : IInferenceEngine
{
    private readonly WorkerPool _workers = new(network.MakeWorker);

    public int Outputs => network.Outputs;

    public bool HasAdaptiveExit => network.HasAdaptiveExit;

    public void Run(EncodedTexts texts, int first, int count, double speed, Span<float> logits, Span<int> exitLayers)
    {
        var rows = new RaggedRows(texts, first, count);
        var answers = new Answers(count, Outputs, speed);
        int workers = WorkSplit.Workers(rows.Rows, threads.Most);
        if (workers > 1 && count < (network.SharesTexts ? 2 * workers : 2)) RunTogether(rows, workers, answers);
        else threads.Run(new SeparateTexts(network, _workers, rows, WorkSplit.Shares(rows, workers), answers), workers);
        answers.Logits.CopyTo(logits);
        if (HasAdaptiveExit) answers.ExitLayers.CopyTo(exitLayers);
    }

    public void Dispose()
    {
        network.Dispose();
        _workers.Dispose();
    }

    private void RunTogether(RaggedRows rows, int workers, Answers answers)
    {
        Worker memory = _workers.Rent();
        memory.Shared.Require(rows.Rows);
        threads.Run(new SharedTexts(network, _workers, rows, memory.Shared, answers), workers);
        _workers.Return(memory);
    }
}
