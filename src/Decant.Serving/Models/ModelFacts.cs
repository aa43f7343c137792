using Decant.Models.Checkpoints;

namespace Decant.Serving.Models;

/// <summary>What a client may want to know of a model.</summary>
public sealed record ModelFacts
{
    /// <summary>What the outputs mean.</summary>
    public required ProblemType Problem { get; init; }

    /// <summary>The labels in the order of the outputs. Not told to clients for regression.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Longest input in word pieces; what is longer is cut.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Whether the model can exit early: <c>speed</c> above 0 is refused where it cannot.</summary>
    public bool IsAdaptive { get; init; }
}
