using Decant.Serving.Batching;

namespace Decant.Serving.Models;

/// <summary>A model and the queue before it.</summary>
public sealed class ServedModel : IAsyncDisposable
{
    private readonly LoadedModel _model;

    internal ServedModel(string name, LoadedModel model, BatchQueue queue) => (Name, _model, Queue) = (name, model, queue);

    /// <summary>What clients call it.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ModelFacts Facts => _model.Facts;

    /// <summary>Where inputs wait to be answered together.</summary>
    public BatchQueue Queue { get; }

    /// <summary>Answers what waits, then frees the model.</summary>
    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync().ConfigureAwait(false);
        (_model.Predictor as IDisposable)?.Dispose();
    }
}
