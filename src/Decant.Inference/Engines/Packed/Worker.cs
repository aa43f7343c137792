using Decant.Inference.Kernels;

namespace Decant.Inference.Engines.Packed;

/// <summary>The memory of one thread that runs a network; used again by the next call.</summary>
internal sealed class Worker(LayerSizes sizes, VectorKernels kernels, int outputs) : IDisposable
{
    /// <summary>What the layers hand on.</summary>
    public Activations Activations { get; } = new(sizes);

    /// <summary>The same for a text that several workers share; the one who began the call lends it to them.</summary>
    public Activations Shared { get; } = new(sizes, turns: 2);

    /// <summary>The same for first tokens alone.</summary>
    public Activations FirstTokens { get; } = new(sizes);

    /// <summary>Room within a layer.</summary>
    public Scratch Scratch { get; } = new(sizes, kernels, outputs);

    public void Dispose()
    {
        Activations.Dispose();
        Shared.Dispose();
        FirstTokens.Dispose();
        Scratch.Dispose();
    }
}
