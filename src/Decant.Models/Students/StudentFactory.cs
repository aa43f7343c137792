using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Torch.Serialization;

namespace Decant.Models.Students;

/// <summary>Makes students: some layers of another model, or sizes from scratch.</summary>
public static class StudentFactory
{
    private const string ClassifierPrefix = "classifier.", PoolerPrefix = "bert.pooler.";

    /// <summary>
    /// A classifier with chosen layers of another model, its embeddings and, where it has one, its pooler; the classifier is new, unless it is kept.
    /// PKD takes the first k layers of the pre-trained model.
    /// </summary>
    /// <param name="source">The model to cut from.</param>
    /// <param name="layers">Its layers to keep, from 0, in the student's order.</param>
    /// <param name="outputs">Logits per sequence.</param>
    /// <param name="init">First values of what is new.</param>
    /// <param name="dropout">Dropout of hidden states and attention; null keeps the source's.</param>
    /// <param name="head">Between pooled output and classifier.</param>
    /// <param name="keepClassifier">Take the source's classifier too; it must be there, with as many outputs.</param>
    /// <returns>The student, which the caller disposes, and what came from where.</returns>
    public static (BertClassifier Student, LoadReport Report) FromLayers(
        ModelDirectory source, IReadOnlyList<int> layers, int outputs, Initializer init, double? dropout = null, HeadKind head = HeadKind.Bert, bool keepClassifier = false)
    {
        LayerNames names = LayerNames.Of(source, layers);
        BertConfig config = source.Config.WithLayers(names.Layers) with
        {
            HiddenDropout = dropout ?? source.Config.HiddenDropout,
            AttentionDropout = dropout ?? source.Config.AttentionDropout,
        };
        var student = new BertClassifier(config, outputs, init, head);
        try
        {
            using ICheckpoint weights = source.OpenWeights();
            LoadReport report = WeightLoader.Load(student.NamedParameters(), weights, name =>
                name.StartsWith(ClassifierPrefix, StringComparison.Ordinal) && !keepClassifier ? null : names.SourceOf(name));
            if (keepClassifier && report.Missing.FirstOrDefault(name => name.StartsWith(ClassifierPrefix, StringComparison.Ordinal)) is not null)
                throw new DecantException($"{source.Path} has no classifier to keep: it was not fine-tuned yet. Start with a new one, or fine-tune it first.");
            return (student, report.RequireComplete(ClassifierPrefix, PoolerPrefix));
        }
        catch
        {
            student.Dispose();
            throw;
        }
    }
}
