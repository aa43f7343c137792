using Decant.Models.FastBert;

namespace Decant.Models.Checkpoints;

/// <summary>Makes the classifier that a model directory holds, of whatever kind it is.</summary>
public static class ClassifierLoader
{
    /// <summary>A classifier that was trained and saved, whole.</summary>
    /// <param name="directory">The model.</param>
    /// <returns>A <see cref="FastBertClassifier"/> or a <see cref="Bert.BertClassifier"/>; the caller disposes it.</returns>
    /// <exception cref="DecantException">Weights are missing, wrong or damaged.</exception>
    public static IClassifier Load(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return directory.Branches is null ? BertLoader.LoadClassifier(directory) : FastBertLoader.Load(directory);
    }
}
