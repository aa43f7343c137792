using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Torch;

namespace Decant.Export;

/// <summary>A trained model with all that an export needs of it: what it is for, its weights by name, and its outputs.</summary>
public sealed class ExportableModel : IDisposable
{
    private readonly Module module;
    private readonly Func<ModelInput, IReadOnlyList<(string Name, Tensor Tensor)>> forward;

    private ExportableModel(ModelDirectory directory, ModelKind kind, Module module, Func<ModelInput, IReadOnlyList<(string, Tensor)>> forward)
    {
        Directory = directory;
        Kind = kind;
        this.module = module;
        this.forward = forward;
        Parameters = module.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor, StringComparer.Ordinal);
    }

    /// <summary>Where it came from.</summary>
    public ModelDirectory Directory { get; }

    /// <summary>What it is for.</summary>
    public ModelKind Kind { get; }

    /// <summary>The sizes.</summary>
    public BertConfig Config => Directory.Config;

    /// <summary>The weights by their Hugging Face names.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>Whether a label or a number per example comes out, so that metrics can be computed.</summary>
    public bool IsClassifier => Kind is ModelKind.SequenceClassification or ModelKind.MultipleChoice or ModelKind.FastBert;

    /// <summary>Logits per sequence of a classifier; 0 for others.</summary>
    public int Outputs => module switch
    {
        BertClassifier classifier => classifier.Outputs,
        FastBertClassifier fastBert => fastBert.Outputs,
        _ => 0,
    };

    /// <summary>The model as one that can be evaluated; null for an encoder.</summary>
    public IModel? Network => module as IModel;

    /// <summary>Loads a model.</summary>
    /// <param name="directory">Its folder.</param>
    /// <exception cref="DecantException">Weights are missing, wrong or damaged.</exception>
    public static ExportableModel Load(ModelDirectory directory)
    {
        switch (directory.Kind ?? KindOf(directory))
        {
            case ModelKind.MaskedLm:
                BertMaskedLm maskedLm = BertLoader.LoadMaskedLm(directory);
                return new(directory, ModelKind.MaskedLm, maskedLm, input => [("logits", maskedLm.Forward(input, OutputRequest.LogitsOnly).Logits)]);
            case ModelKind.Encoder:
                BertModel encoder = BertLoader.LoadEncoder(directory);
                return new(directory, ModelKind.Encoder, encoder, input => OfEncoder(encoder.Forward(input)));
            case ModelKind.FastBert:
                FastBertClassifier fastBert = FastBertLoader.Load(directory);
                return new(directory, ModelKind.FastBert, fastBert, input => OfBranches(fastBert, input));
            case var kind:
                BertClassifier classifier = BertLoader.LoadClassifier(directory);
                return new(directory, kind, classifier, input => [("logits", classifier.Forward(input, OutputRequest.LogitsOnly).Logits)]);
        }
    }

    /// <summary>The outputs under the names that the export gives them, in its order.</summary>
    /// <param name="input">The sequences.</param>
    /// <returns>Owned by the innermost scope.</returns>
    public IReadOnlyList<(string Name, Tensor Tensor)> Forward(ModelInput input) => forward(input);

    /// <summary>Frees the weights.</summary>
    public void Dispose() => module.Dispose();

    private static IReadOnlyList<(string, Tensor)> OfEncoder(BertEncoderOutput output) => output.Pooled is { } pooled
        ? [("last_hidden_state", output.Last), ("pooler_output", pooled)]
        : [("last_hidden_state", output.Last)];

    private static IReadOnlyList<(string, Tensor)> OfBranches(FastBertClassifier model, ModelInput input)
    {
        ModelOutput output = model.Forward(input, new OutputRequest { BranchLogits = [.. Enumerable.Range(1, model.Layers)] });
        return [("logits", output.Logits), ("branch_logits", Tensor.Stack([.. Enumerable.Range(1, model.Layers).Select(l => output.BranchLogits[l])], 1))];
    }

    // A config.json that does not say what the model is for: its weights do.
    private static ModelKind KindOf(ModelDirectory directory)
    {
        using var weights = directory.OpenWeights();
        if (weights.Names.Any(name => name.EndsWith("classifier.weight", StringComparison.Ordinal))) return ModelKind.SequenceClassification;
        return weights.Names.Any(name => name.Contains("cls.predictions.", StringComparison.Ordinal)) ? ModelKind.MaskedLm : ModelKind.Encoder;
    }
}
