using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Torch.Serialization;

namespace Decant.Models.FastBert;

/// <summary>Makes FastBERTs from model directories.</summary>
public static class FastBertLoader
{
    private const string Branches = "branches.";

    /// <summary>A FastBERT that was trained and saved, whole: every weight must be there.</summary>
    /// <param name="directory">The model.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="DecantException">It is no FastBERT, or weights are missing, wrong or damaged.</exception>
    public static FastBertClassifier Load(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (directory.Branches is not { } shape)
            throw new DecantException($"{directory.Path} is no FastBERT: it has no classifier on each layer. Train one from it with a recipe that has student.fastBert.");
        using ICheckpoint weights = directory.OpenWeights();
        string last = $"{Branches}{directory.Config.Layers - 1}.classifier.weight";
        if (!weights.Names.Contains(last) || weights.Get(last).Shape is not [> 0 and <= int.MaxValue and var outputs, _])
            throw new DecantException($"{weights.Path} has no '{last}', the classifier of the last layer. Check that config.json belongs to these weights, and that the file is complete.");
        if (directory.Labels is { } labels && labels.Count != outputs)
            throw new DecantException($"{directory.Path}: config.json names {labels.Count} labels, and the classifiers have {outputs} outputs.");
        return Fill(new FastBertClassifier(directory.Config, shape, (int)outputs, Initializer.Empty), weights).Model;
    }

    /// <summary>
    /// A FastBERT to be trained on chosen layers of another model: pre-trained, fine-tuned, a distilled student, or a FastBERT, whose
    /// classifiers are taken over where they fit. Other heads are left behind; classifiers are new where the source has none.
    /// </summary>
    /// <param name="source">The model to start from.</param>
    /// <param name="layers">Its layers to keep, from 0, in the new model's order; null for all.</param>
    /// <param name="shape">The sizes of the classifiers.</param>
    /// <param name="outputs">Logits per sequence, at least 2.</param>
    /// <param name="init">First values of what is new.</param>
    /// <param name="dropout">Dropout of hidden states and attention; null keeps the source's.</param>
    /// <returns>The model, which the caller disposes, and what came from where.</returns>
    /// <exception cref="DecantException">Weights of the encoder are missing, wrong or damaged.</exception>
    public static (FastBertClassifier Model, LoadReport Report) Start(
        ModelDirectory source, IReadOnlyList<int>? layers, BranchShape shape, int outputs, Initializer init, double? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        LayerNames names = LayerNames.Of(source, layers);
        BertConfig config = source.Config.WithLayers(names.Layers) with
        {
            HiddenDropout = dropout ?? source.Config.HiddenDropout,
            AttentionDropout = dropout ?? source.Config.AttentionDropout,
        };
        using ICheckpoint weights = source.OpenWeights();
        bool takesBranches = source.Branches == shape && weights.Names.Contains($"{Branches}0.classifier.weight")
            && weights.Get($"{Branches}0.classifier.weight").Shape is [var known, _] && known == outputs;
        return Fill(new FastBertClassifier(config, shape, outputs, init), weights,
            name => name.StartsWith(Branches, StringComparison.Ordinal) && !takesBranches ? null : names.SourceOf(name), Branches);
    }

    private static (FastBertClassifier Model, LoadReport Report) Fill(FastBertClassifier model, ICheckpoint weights, Func<string, string?>? source = null, params string[] mayBeNew)
    {
        try
        {
            return (model, WeightLoader.Load(model.NamedParameters(), weights, source).RequireComplete(mayBeNew));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
