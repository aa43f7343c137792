namespace Decant.Inference.Engines.Packed;

/// <summary>A whole network with its weights packed.</summary>
internal interface IPackedNetwork : IDisposable
{
    /// <summary>Logits of a text.</summary>
    int Outputs { get; }

    /// <summary>Whether texts can leave before the last layer.</summary>
    bool HasAdaptiveExit { get; }

    /// <summary>Whether a team of workers may share several texts; one text it may always share.</summary>
    bool SharesTexts { get; }

    /// <summary>Makes the memory of a worker.</summary>
    Worker MakeWorker();

    /// <summary>Runs the network; every worker of a team calls it with the same texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="activations">Room for their rows; the team's.</param>
    /// <param name="team">Who shares them.</param>
    /// <param name="memory">The worker's own.</param>
    /// <param name="answers">Gets what the network says.</param>
    void Run(RaggedRows texts, Activations activations, Team team, Worker memory, Answers answers);
}
