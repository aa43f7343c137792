using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Models.Bert;
using Decant.Models.FastBert;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Checkpoints;

/// <summary>
/// A model directory as Hugging Face's <c>transformers</c> reads and writes it: <c>config.json</c> beside the weights.
/// The tokenizer's files lie there too and are the tokenizer's own affair.
/// </summary>
public sealed class ModelDirectory
{
    private const string ConfigName = "config.json", WeightsName = "model.safetensors", HeadField = "decant_classifier_head";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ModelDirectory(string path, BertConfig config) => (Path, Config) = (path, config);

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The sizes of the network.</summary>
    public BertConfig Config { get; }

    /// <summary>What the model is for; null when <c>config.json</c> does not say or names a class that is not known here.</summary>
    public ModelKind? Kind { get; init; }

    /// <summary>
    /// The labels in the order of the outputs; null when <c>config.json</c> names none, and for a regression whose one output
    /// bears no more than the <c>LABEL_0</c> that <c>transformers</c> gives it.
    /// </summary>
    public ModelLabels? Labels { get; init; }

    /// <summary>What the outputs mean; null when <c>config.json</c> does not say.</summary>
    public ProblemType? ProblemType { get; init; }

    /// <summary>What lies between pooled output and classifier. Default <see cref="HeadKind.Bert"/>.</summary>
    public HeadKind Head { get; init; }

    /// <summary>The sizes of FastBERT's classifiers; null for other models.</summary>
    public BranchShape? Branches { get; init; }

    /// <summary>Reads <c>config.json</c>. The weights are opened by <see cref="OpenWeights"/>.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="DecantException">The directory or its <c>config.json</c> is missing or wrong.</exception>
    public static ModelDirectory Open(string path)
    {
        if (!Directory.Exists(path))
            throw new DecantException($"{path} is not a directory. A model is a Hugging Face directory with config.json and weights.");
        string file = System.IO.Path.Combine(path, ConfigName);
        BertConfig config = BertConfig.Load(file);
        try
        {
            return Read(path, file, config, config.Other ?? []);
        }
        catch (InvalidOperationException e)
        {
            // Text that is not UTF-8, or half a surrogate pair, is only noticed when it is taken out.
            throw new DecantException($"{file} is not a model configuration: {e.Message}", e);
        }
    }

    /// <summary>Opens the weights: safetensors, in one file or several, or a PyTorch checkpoint. The caller disposes them.</summary>
    /// <exception cref="DecantException">There are none, or they are damaged.</exception>
    public ICheckpoint OpenWeights() => CheckpointReader.Open(Path);

    /// <summary>
    /// Writes <c>model.safetensors</c>, then <c>config.json</c>, each whole or not at all. Python's <c>transformers</c> loads the
    /// result untouched. Fields of the configuration that Decant does not know are kept.
    /// </summary>
    /// <param name="path">The directory to create or to write into.</param>
    /// <param name="kind">What the model is for.</param>
    /// <param name="config">The sizes of the network.</param>
    /// <param name="parameters">The weights by their Hugging Face names, as from <see cref="Module.NamedParameters"/>.</param>
    /// <param name="labels">
    /// The labels in the order of the outputs. Where they are null, a sequence classifier's are LABEL_0, …: their number is how
    /// <c>transformers</c> knows the width of its classifier.
    /// </param>
    /// <param name="problemType">What the outputs mean; null leaves it to the reader.</param>
    /// <param name="head">
    /// What lies between pooled output and classifier. <c>transformers</c> knows only <see cref="HeadKind.Bert"/>; for the other a
    /// field <c>decant_classifier_head</c> tells Decant, and Python has to apply the ReLU itself.
    /// </param>
    /// <param name="branches">
    /// The sizes of FastBERT's classifiers; null for other models. <c>transformers</c> has no such class: it loads the encoder alone.
    /// </param>
    /// <exception cref="DecantException">The files cannot be written; what was there before is untouched.</exception>
    public static void Save(string path, ModelKind kind, BertConfig config, IEnumerable<(string Name, Tensor Tensor)> parameters,
        ModelLabels? labels = null, ProblemType? problemType = null, HeadKind head = HeadKind.Bert, BranchShape? branches = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(parameters);
        var writer = new SafetensorsWriter();
        DType? dtype = null;
        foreach (var (name, tensor) in parameters)
        {
            dtype ??= tensor.DType;
            if (kind == ModelKind.SequenceClassification && name == "classifier.weight") labels ??= ModelLabels.Unnamed((int)tensor.Shape[0]);
            writer.Add(name, tensor);
        }
        writer.Save(System.IO.Path.Combine(path, WeightsName));
        JsonObject fields = Fields(kind, config, dtype ?? DType.Float32, labels, problemType, head);
        branches?.Write(fields);
        AtomicFile.WriteText(System.IO.Path.Combine(path, ConfigName), fields.ToJsonString(Readable) + "\n");
    }

    private static ModelDirectory Read(string path, string file, BertConfig config, JsonObject fields)
    {
        ModelLabels? labels = ModelLabels.Read(fields, file);
        ProblemType? problemType = ProblemTypes.Parse(fields["problem_type"]?.ToString(), file);
        return new(path, config)
        {
            Kind = KindOf(fields),
            Branches = KindOf(fields) == ModelKind.FastBert ? BranchShape.Read(fields, file) : null,
            Labels = problemType == Checkpoints.ProblemType.Regression && labels is { AreUnnamed: true } ? null : labels,
            ProblemType = problemType,
            Head = fields[HeadField]?.ToString() switch
            {
                null or "bert" => HeadKind.Bert,
                "relu" => HeadKind.Relu,
                var head => throw new DecantException($"{file}: {HeadField} '{head}' is not known; it is bert or relu."),
            },
        };
    }

    private static ModelKind? KindOf(JsonObject fields) =>
        ModelKinds.Parse(fields["architectures"] is JsonArray { Count: > 0 } names ? names[0]?.ToString() : null);

    private static JsonObject Fields(ModelKind kind, BertConfig config, DType dtype, ModelLabels? labels, ProblemType? problemType, HeadKind head)
    {
        JsonObject fields = new() { ["architectures"] = new JsonArray(ModelKinds.Name(kind)), ["model_type"] = kind == ModelKind.FastBert ? "fastbert" : "bert" };
        JsonObject known = JsonSerializer.SerializeToNode(config with { Other = null })!.AsObject();
        foreach (var (key, value) in known.Concat(config.Other ?? []))
            if (!fields.ContainsKey(key)) fields[key] = value?.DeepClone();
        // What an earlier task said of its outputs does not hold for this model.
        foreach (string stale in (string[])["id2label", "label2id", "num_labels", "problem_type", HeadField, "dtype", "torch_dtype", .. BranchShape.Fields]) fields.Remove(stale);
        fields.TryAdd("position_embedding_type", "absolute");
        fields["torch_dtype"] = dtype.ToString().ToLowerInvariant();
        labels?.Write(fields);
        if (problemType is { } type) fields["problem_type"] = ProblemTypes.Name(type);
        if (head == HeadKind.Relu) fields[HeadField] = "relu";
        return fields;
    }
}
