using System.Diagnostics;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Distillation.Evaluation;

/// <summary>How a trained model does on a split, loaded from its folder.</summary>
/// <param name="Model">The model's folder.</param>
/// <param name="Source">Where the examples came from.</param>
/// <param name="Examples">How many.</param>
/// <param name="Seconds">Time of the forward passes.</param>
/// <param name="Result">The metrics and the model's answers.</param>
public sealed record ModelEvaluation(string Model, string Source, int Examples, double Seconds, EvaluationResult Result)
{
    /// <summary>Layers that were run for a sequence on average, where a speed was given; null otherwise.</summary>
    public double? MeanLayers { get; init; }

    /// <summary>Evaluates a model on labelled examples.</summary>
    /// <param name="model">A model folder, or the folder of a finished run.</param>
    /// <param name="data">The examples.</param>
    /// <param name="maxLength">Longest input in word pieces; null takes the model's own limit.</param>
    /// <param name="batchSize">Examples in a batch, from 1.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="speed">The uncertainty at which a sequence may leave a FastBERT, in [0, 1]; null runs all layers.</param>
    /// <param name="stop">Cancels.</param>
    /// <exception cref="DecantException">The split has no labels, the model was trained for others, or a speed is given to one that is no FastBERT.</exception>
    public static ModelEvaluation Of(
        string model, DataSet data, int? maxLength = null, int batchSize = 64, DeviceName device = DeviceName.Auto, double? speed = null, CancellationToken stop = default)
    {
        data.RequireLabels();
        ModelDirectory directory = ModelLocation.Open(model);
        LabelCheck.Require(directory, data.Task);
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(directory.Path);
        int limit = Math.Min(maxLength ?? int.MaxValue, directory.Config.MaxPositions);
        EncodedDataSet encoded = EncodedDataSet.Encode(data, tokenizer, limit);
        Device place = DeviceChoice.Of(device);
        using IClassifier network = ClassifierLoader.Load(directory);
        if (network.Outputs != data.Task.Outputs)
            throw new DecantException($"{directory.Path} has {network.Outputs} outputs; {data.Task.Name} needs {data.Task.Outputs}. It was trained for another task.");
        network.MoveTo(place);
        using AdaptiveModel? adaptive = speed is { } early ? AdaptiveModel.Of(network, early, directory.Path) : null;
        var watch = Stopwatch.StartNew();
        EvaluationResult result = new Evaluator(encoded, batchSize, tokenizer.Vocabulary.PaddingId, place).Evaluate((IModel?)adaptive ?? network, stop);
        return new ModelEvaluation(directory.Path, data.Source, encoded.Count, watch.Elapsed.TotalSeconds, result) { MeanLayers = adaptive?.MeanLayers };
    }

    /// <summary>Reads a user's own file for a model: the model's labels give the classes and their order.</summary>
    /// <param name="model">A model folder, or the folder of a finished run.</param>
    /// <param name="path">The file.</param>
    /// <param name="table">Its columns; kind and labels are taken from the model.</param>
    /// <exception cref="DecantException">The file is malformed or holds a label that the model does not know.</exception>
    public static DataSet ReadFile(string model, string path, TableOptions table)
    {
        ModelDirectory directory = ModelLocation.Open(model);
        return TableReader.Load(path, table with
        {
            Kind = directory.ProblemType switch
            {
                ProblemType.Regression => Text.Data.TaskKind.Regression,
                ProblemType.MultiLabel => Text.Data.TaskKind.MultiLabel,
                _ => Text.Data.TaskKind.SingleLabel,
            },
            Labels = directory.ProblemType == ProblemType.Regression ? null : directory.Labels?.Names,
        }, "test");
    }
}
