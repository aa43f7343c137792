using Decant.Distillation.Experiments;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Pruning;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Distillation.Pruning;

/// <summary>Makes a student of a fine-tuned model by cutting off layers, heads and neurons and factorising its word table, as ROSITA does.</summary>
/// <param name="path">The model's folder, or the folder of the run that trained it.</param>
/// <param name="options">What is cut.</param>
public sealed class ModelPruner(string path, PruneOptions options)
{
    private readonly ModelDirectory directory = ModelLocation.Open(path);

    /// <summary>Cuts, and writes the student with tokenizer and labels as a model folder.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="data">Labelled examples that importance is measured on; null where only layers and word table are cut.</param>
    /// <param name="maxLength">Longest input in word pieces; null for what the model can read.</param>
    /// <param name="device">Where importance is measured.</param>
    /// <param name="observer">Is told how it gets on.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>Sizes before and after.</returns>
    /// <exception cref="DecantException">The model is not fine-tuned, more is asked for than it has, or the data is of another task.</exception>
    public PruneResult Run(string output, DataSet? data, int? maxLength = null, Device device = default, IPruningObserver? observer = null, CancellationToken stop = default)
    {
        Check(output, data);
        var tokenizer = WordPieceTokenizer.Load(directory.Path);
        if (data is not null) LabelCheck.Require(directory, data.Task);
        ImportanceMeasurement? measurement = options.NeedsImportance
            ? new ImportanceMeasurement(EncodedDataSet.Encode(data!, tokenizer, maxLength ?? directory.Config.MaxPositions), options, tokenizer.Vocabulary.PaddingId)
            : null;
        BertClassifier model = BertLoader.LoadClassifier(directory);
        long parameters = model.ParameterCount;
        try
        {
            if (data is not null && model.Outputs != data.Task.Outputs)
                throw new DecantException($"{directory.Path} has {model.Outputs} outputs; {data.Task.Name} needs {data.Task.Outputs}. It was trained for another task.");
            if (options.Layers.IsStack) throw new DecantException($"Pruning cuts layers away; '{options.Layers}' repeats them.");
            int[] layers = options.Layers.Resolve(directory.Config.Layers);
            if (measurement is null)
            {
                Replace(ref model, Whole(model.Config).Select(layers, null, null, PruningScope.Layer, options.EmbeddingRank));
            }
            else
            {
                for (int step = 1; step <= options.Steps; step++)
                {
                    observer?.StepStarted(step, options.Steps, measurement.Batches);
                    model.MoveTo(device);
                    ImportanceScores scores = measurement.Measure(model, device, observer is null ? null : observer.Advanced, stop);
                    model.MoveTo(Device.Cpu);
                    Replace(ref model, Plan(scores, model.Config, layers, step));
                    layers = [.. Enumerable.Range(0, layers.Length)];
                }
            }
            Save(model, output, tokenizer);
            return new PruneResult(output, directory.Config, model.Config, parameters, model.ParameterCount);
        }
        finally
        {
            model.Dispose();
        }
    }

    private static void Replace(ref BertClassifier model, PruningPlan plan)
    {
        BertClassifier cut = ModelCutter.Cut(model, plan);
        model.Dispose();
        model = cut;
    }

    // Step s of S goes s/S of the way; the word table is cut at the end, for importance does not depend on it being whole.
    private PruningPlan Plan(ImportanceScores scores, BertConfig config, int[] layers, int step)
    {
        int? Target(int? goal, Func<int, int> whole) => goal is not { } least ? null
            : (int)Math.Round(least + (Math.Max(least, layers.Average(l => whole(l))) - least) * (options.Steps - step) / (options.Steps - step + 1));
        return scores.Select(layers, Target(options.Heads, config.HeadsOf), Target(options.Intermediate, config.IntermediateSizeOf),
            options.Scope, step == options.Steps ? options.EmbeddingRank : null);
    }

    private static ImportanceScores Whole(BertConfig config) => new(
        [.. Enumerable.Range(0, config.Layers).Select(l => new double[config.HeadsOf(l)])],
        [.. Enumerable.Range(0, config.Layers).Select(l => new double[config.IntermediateSizeOf(l)])]);

    private void Check(string output, DataSet? data)
    {
        BertConfig config = directory.Config;
        if (options is { NeedsImportance: false, EmbeddingRank: null } && options.Layers.Resolve(config.Layers).Length == config.Layers)
            throw new DecantException("Nothing would be cut off: say which layers, how many heads or neurons, or which rank of the word table to keep.");
        int heads = Enumerable.Range(0, config.Layers).Max(config.HeadsOf), neurons = Enumerable.Range(0, config.Layers).Max(config.IntermediateSizeOf);
        if (options.Heads > heads) throw new DecantException($"{directory.Path} has {heads} heads in a layer; {options.Heads} cannot be kept.");
        if (options.Intermediate > neurons) throw new DecantException($"{directory.Path} has {neurons} feed-forward neurons in a layer; {options.Intermediate} cannot be kept.");
        if (options.EmbeddingRank > (config.EmbeddingRank ?? config.HiddenSize))
            throw new DecantException($"{directory.Path} has a word table of rank {config.EmbeddingRank ?? config.HiddenSize}; {options.EmbeddingRank} is more.");
        if (options.NeedsImportance && data is null)
            throw new DecantException("Which heads and neurons matter is measured on examples with labels, but there are none: name the task's data or a file.");
        if (Path.GetFullPath(output) == Path.GetFullPath(directory.Path))
            throw new DecantException($"{output} is the model that is cut; choose another output folder.");
    }

    private void Save(BertClassifier model, string output, WordPieceTokenizer tokenizer)
    {
        ModelDirectory.Save(output, directory.Kind ?? ModelKind.SequenceClassification, model.Config, model.NamedParameters(), directory.Labels, directory.ProblemType, model.Head);
        tokenizer.Save(output);
    }
}
