using Decant.Inference;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Serving.Models;
using Decant.Tests;
using Decant.Text.Data.Synthetic;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Serving.Tests;

/// <summary>A real model folder with random weights, wide enough that its answers differ: a BERT of 2 layers × 16, or a FastBERT of 4.</summary>
internal sealed class TinyBert : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyBert(bool adaptive = false)
    {
        var tokenizer = new WordPieceTokenizer(new Vocabulary(SyntheticReviews.Vocabulary));
        var config = new BertConfig { VocabSize = tokenizer.Vocabulary.Count, HiddenSize = 16, Layers = adaptive ? 4 : 2, Heads = 2, IntermediateSize = 32, MaxPositions = 64 };
        var labels = new ModelLabels(["bad", "so-so", "good"]);
        var init = new Initializer(new RandomStream(11, "weights"), 0.5);
        if (adaptive)
        {
            using var model = new FastBertClassifier(config, new BranchShape(8, 2), 3, init);
            ModelDirectory.Save(Path, ModelKind.FastBert, config, model.NamedParameters(), labels, ProblemType.SingleLabel, branches: model.Shape);
        }
        else
        {
            using var model = new BertClassifier(config, 3, init);
            ModelDirectory.Save(Path, ModelKind.SequenceClassification, config, model.NamedParameters(), labels, ProblemType.SingleLabel);
        }
        tokenizer.Save(Path);
    }

    public string Path => _folder.File("model");

    public ModelSource Source(string name = "tiny") => ModelSource.OfFolder(name, Path);

    /// <summary>Reviews, a third of them with a second text.</summary>
    public static TextInput[] Inputs(int count, int seed = 3)
    {
        string[] texts = [.. SyntheticReviews.Generate(seed, count).Examples.Select(e => e.Text)];
        return [.. texts.Select((text, i) => new TextInput(text, i % 3 == 0 ? texts[(i + 1) % count] : null))];
    }

    public void Dispose() => _folder.Dispose();
}
