using Decant.Models.Bert;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Checkpoints;

/// <summary>Makes models from model directories.</summary>
public static class BertLoader
{
    private const string Classifier = "classifier.", ClassifierWeight = "classifier.weight", Pooler = "bert.pooler.";

    /// <summary>A classifier that was trained and saved, whole: every weight must be there.</summary>
    /// <param name="directory">The model.</param>
    /// <returns>The model; the caller disposes it. Its number of outputs is that of the weights.</returns>
    /// <exception cref="DecantException">Weights are missing, wrong or damaged, or their outputs are not as many as the labels.</exception>
    public static BertClassifier LoadClassifier(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (directory.Branches is not null)
            throw new DecantException($"{directory.Path} is a FastBERT, whose layers each have a classifier; a plain classifier is wanted here. Train one, or name another model.");
        using ICheckpoint weights = directory.OpenWeights();
        var names = WeightNames.Map(weights.Path, weights.Names);
        if (!names.TryGetValue(ClassifierWeight, out string? original) || weights.Get(original).Shape is not [> 0 and <= int.MaxValue and var outputs, _])
            throw new DecantException($"{weights.Path} has no classifier: it was not fine-tuned yet. Fine-tune it first, or start a new classifier from it.");
        if (directory is { Labels: { } labels, Kind: not ModelKind.MultipleChoice } && labels.Count != outputs)
            throw new DecantException($"{directory.Path}: config.json names {labels.Count} labels, and the classifier has {outputs} outputs.");
        return Fill(new BertClassifier(directory.Config, (int)outputs, Initializer.Empty, directory.Head), weights);
    }

    /// <summary>
    /// A classifier to be trained: encoder from the directory, classifier new, and the pooler new too where the
    /// directory has none (a masked-LM model has not).
    /// </summary>
    /// <param name="directory">The pretrained or fine-tuned model.</param>
    /// <param name="outputs">Logits per sequence.</param>
    /// <param name="init">First values of what is new.</param>
    /// <param name="head">Between pooled output and classifier.</param>
    /// <returns>The model, which the caller disposes, and what came from where.</returns>
    /// <exception cref="DecantException">Weights of the encoder are missing, wrong or damaged.</exception>
    public static (BertClassifier Model, LoadReport Report) StartClassifier(ModelDirectory directory, int outputs, Initializer init, HeadKind head = HeadKind.Bert)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using ICheckpoint weights = directory.OpenWeights();
        var model = new BertClassifier(directory.Config, outputs, init, head);
        try
        {
            LoadReport report = WeightLoader.Load(model.NamedParameters(), weights, name => name.StartsWith(Classifier, StringComparison.Ordinal) ? null : name);
            return (model, report.RequireComplete(Classifier, Pooler));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A masked-language model that was trained and saved, whole.</summary>
    /// <param name="directory">The model.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="DecantException">Weights are missing, wrong or damaged.</exception>
    public static BertMaskedLm LoadMaskedLm(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using ICheckpoint weights = directory.OpenWeights();
        return Fill(new BertMaskedLm(directory.Config, Initializer.Empty), weights);
    }

    /// <summary>A masked-LM head to be trained: that of the directory, or a new one where it has none.</summary>
    /// <param name="directory">The pretrained model.</param>
    /// <param name="init">First values of a new head.</param>
    /// <returns>The head; the caller disposes it.</returns>
    /// <exception cref="DecantException">Weights are missing in part, wrong or damaged.</exception>
    public static MaskedLmHead StartMaskedLmHead(ModelDirectory directory, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using ICheckpoint weights = directory.OpenWeights();
        const string prefix = MaskedLmHead.Name + ".";
        bool trained = WeightNames.Map(weights.Path, weights.Names).Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
        var head = new MaskedLmHead(directory.Config, trained ? Initializer.Empty : init);
        return trained ? Fill(head, weights, prefix) : head;
    }

    /// <summary>The encoder alone, with its pooler where the checkpoint has one. Heads in the checkpoint are left aside.</summary>
    /// <param name="directory">The model.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="DecantException">Weights are missing, wrong or damaged.</exception>
    public static BertModel LoadEncoder(ModelDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        using ICheckpoint weights = directory.OpenWeights();
        bool hasPooler = WeightNames.Map(weights.Path, weights.Names).Keys.Any(name => name.StartsWith(Pooler, StringComparison.Ordinal));
        return Fill(new BertModel(directory.Config, Initializer.Empty, hasPooler), weights);
    }

    private static T Fill<T>(T model, ICheckpoint weights, string prefix = "") where T : Module
    {
        try
        {
            WeightLoader.Load(model.NamedParameters().Select(p => (prefix + p.Name, p.Tensor)), weights).RequireComplete();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
