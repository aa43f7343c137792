using Decant.Distillation.Experiments;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Distillation.Prediction;

/// <summary>Labels texts with a trained model, batch by batch and in constant memory.</summary>
public sealed class Predictor : IDisposable
{
    private readonly BertClassifier model;
    private readonly WordPieceTokenizer tokenizer;
    private readonly EncodeOptions options;

    /// <summary>Loads a model.</summary>
    /// <param name="path">A model folder, or the folder of a finished run.</param>
    /// <param name="maxLength">Longest input in word pieces; null takes the model's own limit.</param>
    public Predictor(string path, int? maxLength = null)
    {
        ModelDirectory directory = ModelLocation.Open(path);
        if (directory.Kind == ModelKind.MultipleChoice)
            throw new DecantException($"{path} answers multiple-choice questions; predict labels single texts and pairs. Use evaluate for it.");
        tokenizer = WordPieceTokenizer.Load(directory.Path);
        model = BertLoader.LoadClassifier(directory);
        Problem = directory.ProblemType ?? (model.Outputs == 1 ? ProblemType.Regression : ProblemType.SingleLabel);
        Labels = directory.Labels?.Names ?? ModelLabels.Unnamed(model.Outputs).Names;
        options = new EncodeOptions { MaxLength = Math.Min(maxLength ?? int.MaxValue, directory.Config.MaxPositions) };
    }

    /// <summary>The labels in the order of the outputs.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What the outputs mean: one label of several, any number of labels, or a number.</summary>
    public ProblemType Problem { get; }

    /// <summary>Whether the model answers with a number instead of labels.</summary>
    public bool IsRegression => Problem == ProblemType.Regression;

    /// <summary>Labels texts as they come; results keep their order.</summary>
    /// <param name="inputs">Texts, or pairs.</param>
    /// <param name="batchSize">Texts that are looked at together. Default 64: they are sorted by length among themselves.</param>
    public IEnumerable<Prediction> Predict(IEnumerable<(string Text, string? Pair)> inputs, int batchSize = 64)
    {
        foreach ((string Text, string? Pair)[] chunk in inputs.Chunk(batchSize * 8))
            foreach (Prediction prediction in PredictChunk(chunk, batchSize))
                yield return prediction;
    }

    /// <summary>Labels examples as they come, in their order; only a few batches are in memory.</summary>
    /// <param name="examples">The examples; their own labels are not looked at.</param>
    /// <param name="batchSize">As for <see cref="Predict"/>.</param>
    public IEnumerable<(Example Example, Prediction Prediction)> PredictExamples(IEnumerable<Example> examples, int batchSize = 64)
    {
        foreach (Example[] chunk in examples.Chunk(batchSize * 8))
            foreach ((Example example, Prediction prediction) in chunk.Zip(PredictChunk([.. chunk.Select(e => (e.Text, e.Pair))], batchSize)))
                yield return (example, prediction);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => model.Dispose();

    private Prediction[] PredictChunk((string Text, string? Pair)[] chunk, int batchSize)
    {
        Encoding[] encoded = [.. chunk.Select(c => tokenizer.Encode(c.Text, c.Pair, options))];
        var results = new Prediction[chunk.Length];
        foreach (int[] batch in Enumerable.Range(0, chunk.Length).OrderBy(i => encoded[i].Ids.Length).Chunk(batchSize))
        {
            using var scope = new TensorScope();
            using GradMode.Restore _ = GradMode.Off();
            float[] logits = model.Forward(Input([.. batch.Select(i => encoded[i])]), OutputRequest.LogitsOnly).Logits.ToArray<float>();
            for (int row = 0; row < batch.Length; row++)
                results[batch[row]] = Prediction.From(logits.AsSpan(row * model.Outputs, model.Outputs), Problem);
        }
        return results;
    }

    private ModelInput Input(Encoding[] rows)
    {
        int length = rows.Max(r => r.Ids.Length);
        var ids = new int[rows.Length * length];
        var types = new int[ids.Length];
        ids.AsSpan().Fill(tokenizer.Vocabulary.PaddingId);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].Ids.CopyTo(ids, row * length);
            rows[row].TypeIds.CopyTo(types, row * length);
        }
        return ModelInput.Create(ids, types, [.. rows.Select(r => r.Ids.Length)]);
    }
}
