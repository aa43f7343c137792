using Decant.Distillation.Evaluation;
using Decant.Distillation.Experiments;
using Decant.Export.Running;
using Decant.Models;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Export.Checks;

/// <summary>
/// Runs a model and its exported file over the same examples, each padded to the same lengths, and compares what they say.
/// The model's own answers are computed once, however many files are checked.
/// </summary>
public sealed class ExportCheck
{
    private const int BatchSize = 64, MostExamplesOfHiddenStates = 256;

    private readonly ExportableModel model;
    private readonly EncodedDataSet data;
    private readonly int padId;
    private EvaluationResult? reference;

    /// <summary>Prepares a check.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="examples">What to run; null takes <see cref="SampleTexts"/>.</param>
    /// <param name="maxLength">Longest input in word pieces; null takes the model's own limit.</param>
    /// <exception cref="DecantException">The examples are of another task than the model.</exception>
    public ExportCheck(ExportableModel model, WordPieceTokenizer tokenizer, DataSet? examples = null, int? maxLength = null)
    {
        this.model = model;
        examples ??= SampleTexts.For(model.Kind);
        if (IsClassifier && examples.IsLabelled)
        {
            LabelCheck.Require(model.Directory, examples.Task);
            int outputs = (int)model.Parameters["classifier.bias"].Count;
            if (outputs != examples.Task.Outputs)
                throw new DecantException($"{model.Directory.Path} has {outputs} classifier outputs; {examples.Task.Name} needs {examples.Task.Outputs}. It was trained for another task.");
        }
        data = EncodedDataSet.Encode(examples, tokenizer, Math.Min(maxLength ?? int.MaxValue, model.Config.MaxPositions));
        padId = tokenizer.Vocabulary.PaddingId;
    }

    private bool IsClassifier => model.Kind is ModelKind.SequenceClassification or ModelKind.MultipleChoice;

    /// <summary>Runs a file and compares.</summary>
    /// <param name="file">The exported file.</param>
    /// <param name="stop">Cancels.</param>
    public CheckResult Run(OnnxRunner file, CancellationToken stop = default)
    {
        if (IsClassifier && model.Network is { } network) return OfClassifier(network, file, stop);
        return new CheckResult(data.Data.Source, OfOutputs(file, stop), null, null);
    }

    private CheckResult OfClassifier(IModel network, OnnxRunner file, CancellationToken stop)
    {
        var evaluator = new Evaluator(data, BatchSize, padId);
        var exported = new OnnxClassifier(file, data.Choices);
        var counter = new AgreementCounter();
        if (!data.Data.IsLabelled)
        {
            float[] expected = evaluator.Answer(network, stop);
            counter.Add(data.Count, expected, evaluator.Answer(exported, stop), expected.Length / data.Count);
            return new CheckResult(data.Data.Source, counter.Result(), null, null);
        }
        reference ??= evaluator.Evaluate(network, stop);
        EvaluationResult result = evaluator.Evaluate(exported, stop);
        counter.Add(data.Count, reference.Answers, result.Answers, reference.Answers.Length / data.Count);
        return new CheckResult(data.Data.Source, counter.Result(), reference, result);
    }

    // Outputs of every token are many: a few hundred examples, real tokens only.
    private Agreement OfOutputs(OnnxRunner file, CancellationToken stop)
    {
        using GradMode.Restore _ = GradMode.Off();
        var builder = new TokenBatchBuilder(data, padId);
        var counter = new AgreementCounter();
        int count = Math.Min(data.Count, MostExamplesOfHiddenStates);
        foreach (int[] rows in Enumerable.Range(0, count).OrderByDescending(data.ExampleLength).Chunk(8))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            TokenBatch batch = builder.Build(rows);
            ModelInput input = ModelInput.Create(batch.InputIds, batch.TokenTypeIds, batch.Lengths);
            IReadOnlyDictionary<string, Tensor> given = file.Run(OnnxInputs.Of(input, 1, file.Model));
            int examples = rows.Length;
            foreach ((string name, Tensor expected) in model.Forward(input))
            {
                Compare(counter, examples, batch, expected, given[name]);
                examples = 0;
            }
        }
        return counter.Result();
    }

    private static void Compare(AgreementCounter counter, int examples, TokenBatch batch, Tensor expected, Tensor actual)
    {
        if (!expected.Shape.SequenceEqual(actual.Shape)) throw new DecantException($"The exported file gave {actual} where the model gives {expected}.");
        bool perToken = expected.Rank == 3;
        for (int row = 0; row < batch.Sequences; row++)
        {
            using var scope = new TensorScope();
            Tensor Real(Tensor t) => perToken ? t.Select(0, row).Narrow(0, 0, batch.Lengths[row]) : t.Select(0, row);
            counter.Add(row == 0 ? examples : 0, Real(expected).ToArray<float>(), Real(actual).ToArray<float>(), width: 0);
        }
    }
}
