using Decant.Inference.Threads;

namespace Decant.Inference.Engines.Packed;

/// <summary>Too few texts for every worker to have its own: each takes some of the rows, and all meet once a layer.</summary>
/// <param name="network">The network.</param>
/// <param name="workers">Their memory.</param>
/// <param name="texts">The texts.</param>
/// <param name="activations">Room for their rows.</param>
/// <param name="answers">Gets what the network says.</param>
internal sealed class SharedTexts(IPackedNetwork network, WorkerPool workers, RaggedRows texts, Activations activations, Answers answers) : IParallelWork
{
    private readonly MeetingPoint _meeting = new();

    public void Run(int worker, int count)
    {
        Worker memory = workers.Rent();
        try
        {
            network.Run(texts, activations, new Team(worker, count, _meeting), memory, answers);
        }
        catch
        {
            _meeting.Break();
            throw;
        }
        workers.Return(memory);
    }
}
