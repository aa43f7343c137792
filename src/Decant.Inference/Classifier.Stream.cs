namespace Decant.Inference;

public sealed partial class Classifier
{
    // Enough batches to fill all cores while one is being written, few enough to stay in a few megabytes.
    private const int BatchesInFlight = 8;

    /// <summary>Classifies items as they come, in their order; a few batches are in memory, whatever their number.</summary>
    /// <typeparam name="T">What carries the text: a row of a file, a record of a database.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="text">The text of an item.</param>
    /// <param name="options">Labels to list, speed; null for the defaults.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Every item with its prediction.</returns>
    /// <exception cref="DecantException">A text is null, or an option is out of range or not for this model.</exception>
    public IEnumerable<(T Item, Prediction Prediction)> PredictStream<T>(
        IEnumerable<T> items, Func<T, TextInput> text, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(text);
        foreach (T[] chunk in items.Chunk(_options.BatchSize * BatchesInFlight))
        {
            IReadOnlyList<Prediction> predictions = Predict(Array.ConvertAll(chunk, item => text(item)), options, cancellation);
            for (int i = 0; i < chunk.Length; i++) yield return (chunk[i], predictions[i]);
        }
    }
}
