using Decant.Inference.Threads;

namespace Decant.Inference.Engines.Packed;

/// <summary>Every worker takes some texts through the whole network, then some others: nobody waits for anybody.</summary>
/// <param name="network">The network.</param>
/// <param name="workers">Their memory.</param>
/// <param name="texts">All texts.</param>
/// <param name="shares">The first text of every share, and last the number of texts.</param>
/// <param name="answers">Gets what the network says.</param>
internal sealed class SeparateTexts(IPackedNetwork network, WorkerPool workers, RaggedRows texts, int[] shares, Answers answers) : IParallelWork
{
    private int _next = -1;

    public void Run(int worker, int count)
    {
        Worker memory = workers.Rent();
        for (int share = Interlocked.Increment(ref _next); share < shares.Length - 1; share = Interlocked.Increment(ref _next))
        {
            RaggedRows part = texts.Only(Enumerable.Range(shares[share], shares[share + 1] - shares[share]));
            memory.Activations.Require(part.Rows);
            network.Run(part, memory.Activations, Team.Alone, memory, answers);
        }
        workers.Return(memory);
    }
}
