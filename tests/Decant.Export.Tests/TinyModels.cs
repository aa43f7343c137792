using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Export.Tests;

/// <summary>Models of a few thousand weights with heads of every kind, saved as users have them. Their weights are wide, so that outputs differ between texts.</summary>
internal static class TinyModels
{
    public static readonly BertConfig Config = new()
    {
        VocabSize = 64, HiddenSize = 32, Layers = 2, Heads = 4, IntermediateSize = 48, MaxPositions = 96, TypeVocabSize = 2, InitializerRange = 0.3,
    };

    /// <summary>FastBERT's classifiers.</summary>
    public static readonly BranchShape Branches = new(16, 2);

    /// <summary>Special tokens, letters and signs, alone and as continuations.</summary>
    public static WordPieceTokenizer Tokenizer { get; } = new(new Vocabulary(
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. "abcdefghijklmnopqrstuvwxyz".Select(c => $"{c}"), .. "abcdefghijklmnopqrstuvwxyz".Select(c => $"##{c}"), ".", ",", "!", "?", "film", "the", "an",
    ]));

    /// <summary>What is saved: kind, outputs, labels, meaning, what lies before the classifier.</summary>
    public static string Save(string folder, ModelKind kind, int outputs = 3, ProblemType? problem = null, HeadKind head = HeadKind.Bert, BertConfig? config = null)
    {
        config ??= Config;
        Initializer init = new(new RandomStream(7, "tiny"), config.InitializerRange);
        using Module model = kind switch
        {
            ModelKind.FastBert => new FastBertClassifier(config, Branches, outputs, init),
            ModelKind.MaskedLm => new BertMaskedLm(config, init),
            ModelKind.Encoder => new BertModel(config, init, withPooler: true),
            _ => new BertClassifier(config, outputs, init, head),
        };
        FillBiases(model);
        bool hasLabels = kind is ModelKind.SequenceClassification or ModelKind.FastBert && problem != ProblemType.Regression;
        ModelDirectory.Save(folder, kind, config, model.NamedParameters(), hasLabels ? new ModelLabels(((string[])["bad", "good", "so \"so\""]).Take(outputs)) : null, problem, head, kind == ModelKind.FastBert ? Branches : null);
        Tokenizer.Save(folder);
        return folder;
    }

    // New biases are zero and new norms do nothing: errors in either would not show.
    private static void FillBiases(Module model)
    {
        using GradMode.Restore _ = GradMode.Off();
        var random = new RandomStream(8, "biases");
        foreach ((string name, Tensor tensor) in model.NamedParameters())
        {
            // New classifiers of a FastBERT are all unsure.
            if (name.StartsWith("branches.", StringComparison.Ordinal)) tensor.ScaleInPlace(2);
            if (name.EndsWith("bias", StringComparison.Ordinal) || name.Contains("LayerNorm", StringComparison.Ordinal))
            {
                using Tensor noise = Tensor.Empty(tensor.Shape);
                random.FillNormal(noise.Span<float>(), 0.2);
                tensor.AddInPlace(noise);
            }
        }
    }
}
