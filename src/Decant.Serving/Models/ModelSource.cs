using Decant.Inference;

namespace Decant.Serving.Models;

/// <summary>A model that is to be served, not yet in memory.</summary>
public sealed class ModelSource
{
    /// <summary>Names a model.</summary>
    /// <param name="name">What clients call it: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 100.</param>
    /// <param name="load">Brings it into memory; called once.</param>
    /// <exception cref="DecantException">The name has other characters.</exception>
    public ModelSource(string name, Func<LoadedModel> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        (Name, Load) = (ModelName.Check(name), load);
    }

    /// <summary>What clients call it.</summary>
    public string Name { get; }

    /// <summary>Brings it into memory.</summary>
    public Func<LoadedModel> Load { get; }

    /// <summary>A model in a folder.</summary>
    /// <param name="name">What clients call it.</param>
    /// <param name="path">A Hugging Face model folder.</param>
    /// <param name="options">Longest input, device; null for the defaults.</param>
    /// <exception cref="DecantException">The name has other characters. What is wrong with the folder is told when it is loaded.</exception>
    public static ModelSource OfFolder(string name, string path, ClassifierOptions? options = null) => new(name, () => ClassifierPredictor.Load(path, options));
}
