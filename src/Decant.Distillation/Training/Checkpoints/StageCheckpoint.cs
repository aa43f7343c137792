using System.Text.Json;
using Decant.Torch;
using Decant.Torch.Optim;
using Decant.Torch.Serialization;

namespace Decant.Distillation.Training.Checkpoints;

/// <summary>
/// The files from which a stage goes on after a stop: <c>STAGE.checkpoint</c> (weights, moments, progress; one safetensors file,
/// so one rename replaces it whole) and <c>STAGE.best-UPDATE</c> (the weights of the best evaluation so far).
/// A best file is removed only when the checkpoint on disk no longer names it.
/// </summary>
/// <param name="folder">The run folder.</param>
/// <param name="stage">The stage's place and name, <c>1-distil</c> say.</param>
public sealed class StageCheckpoint(string folder, string stage)
{
    private const string ProgressKey = "progress", WeightPrefix = "weights.", MomentPrefix = "moments.", StepsKey = "optimizerSteps";

    /// <summary>The checkpoint file.</summary>
    public string Path => System.IO.Path.Combine(folder, $"{stage}.checkpoint");

    /// <summary>Writes the state of a stage that goes on.</summary>
    /// <param name="progress">How far it has come.</param>
    /// <param name="parameters">What is trained.</param>
    /// <param name="optimizer">The moments.</param>
    public void Save(StageProgress progress, IEnumerable<(string Name, Tensor Tensor)> parameters, IOptimizer optimizer)
    {
        using var scope = new TensorScope();
        SafetensorsWriter writer = WithWeights(progress, parameters);
        foreach ((string name, Tensor tensor) in optimizer.State()) writer.Add(MomentPrefix + name, tensor);
        writer.Metadata[StepsKey] = optimizer.Steps.ToString(System.Globalization.CultureInfo.InvariantCulture);
        writer.Save(Path);
        RemoveBest(except: progress.BestUpdate);
    }

    /// <summary>Writes the weights that a finished stage hands on.</summary>
    /// <param name="progress">With <see cref="StageProgress.Completed"/> set.</param>
    /// <param name="parameters">What was trained.</param>
    public void SaveCompleted(StageProgress progress, IEnumerable<(string Name, Tensor Tensor)> parameters)
    {
        WithWeights(progress, parameters).Save(Path);
        RemoveBest(except: -1);
    }

    /// <summary>Reads a state back, and removes files that a killed process left half written.</summary>
    /// <param name="parameters">Overwritten.</param>
    /// <param name="optimizer">Its moments are overwritten, unless the stage has ended.</param>
    /// <returns>How far the stage had come; null when there is no checkpoint.</returns>
    public StageProgress? Load(IEnumerable<(string Name, Tensor Tensor)> parameters, IOptimizer? optimizer)
    {
        RemoveUnfinished();
        if (!File.Exists(Path)) return null;
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        using var scope = new TensorScope();
        StageProgress progress = Read(file);
        foreach ((string name, Tensor tensor) in parameters) tensor.CopyFrom(file.Get(WeightPrefix + name));
        if (progress.Completed) RemoveBest(except: -1);
        if (progress.Completed || optimizer is null) return progress;
        foreach ((string name, Tensor tensor) in optimizer.State()) tensor.CopyFrom(Moment(file, name));
        optimizer.Steps = long.Parse(file.Metadata[StepsKey], System.Globalization.CultureInfo.InvariantCulture);
        return progress;
    }

    /// <summary>How far a stage had come, without its weights; null when there is no checkpoint.</summary>
    public StageProgress? ReadProgress()
    {
        if (!File.Exists(Path)) return null;
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        return Read(file);
    }

    /// <summary>Writes the weights of the best evaluation so far.</summary>
    /// <param name="update">The update after which they were evaluated.</param>
    /// <param name="parameters">The weights.</param>
    public void SaveBest(long update, IEnumerable<(string Name, Tensor Tensor)> parameters)
    {
        var writer = new SafetensorsWriter();
        foreach ((string name, Tensor tensor) in parameters) writer.Add(name, tensor);
        writer.Save(BestPath(update));
    }

    /// <summary>Reads the weights of the best evaluation back.</summary>
    /// <param name="update">The update after which they were evaluated.</param>
    /// <param name="parameters">Overwritten.</param>
    public void LoadBest(long update, IEnumerable<(string Name, Tensor Tensor)> parameters)
    {
        using SafetensorsFile file = SafetensorsFile.Open(BestPath(update));
        foreach ((string name, Tensor tensor) in parameters) tensor.CopyFrom(file.Get(name));
    }

    /// <summary>Removes all files of this stage, when a run starts afresh or has ended.</summary>
    public void Remove()
    {
        File.Delete(Path);
        RemoveBest(except: -1);
    }

    private static SafetensorsWriter WithWeights(StageProgress progress, IEnumerable<(string Name, Tensor Tensor)> parameters)
    {
        var writer = new SafetensorsWriter();
        foreach ((string name, Tensor tensor) in parameters) writer.Add(WeightPrefix + name, tensor);
        writer.Metadata[ProgressKey] = JsonSerializer.Serialize(progress);
        return writer;
    }

    private StageProgress Read(SafetensorsFile file) =>
        file.Metadata.TryGetValue(ProgressKey, out string? json) && JsonSerializer.Deserialize<StageProgress>(json) is { } progress
            ? progress
            : throw OfAnotherVersion();

    private RawTensor Moment(SafetensorsFile file, string name) =>
        file.Names.Contains(MomentPrefix + name) ? file.Get(MomentPrefix + name) : throw OfAnotherVersion();

    private DecantException OfAnotherVersion() => new($"{Path} is not a checkpoint of this version; remove it to start the stage afresh.");

    private string BestPath(long update) => System.IO.Path.Combine(folder, $"{stage}.best-{update}");

    // What a process was writing when it was killed.
    private void RemoveUnfinished()
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.EnumerateFiles(folder, $"{stage}.*.tmp")) File.Delete(path);
    }

    private void RemoveBest(long except)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.EnumerateFiles(folder, $"{stage}.best-*"))
            if (path != BestPath(except)) File.Delete(path);
    }
}
