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
    private const int BatchSize = 64, MostExamplesOfManyOutputs = 256;

    private readonly ExportableModel model;
    private readonly EncodedDataSet data;
    private readonly int padId;
    private EvaluationResult? reference;
    private float[]? answers;

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
        if (model.IsClassifier && examples.IsLabelled)
        {
            LabelCheck.Require(model.Directory, examples.Task);
            if (model.Outputs != examples.Task.Outputs)
                throw new DecantException($"{model.Directory.Path} has {model.Outputs} classifier outputs; {examples.Task.Name} needs {examples.Task.Outputs}. It was trained for another task.");
        }
        data = EncodedDataSet.Encode(examples, tokenizer, Math.Min(maxLength ?? int.MaxValue, model.Config.MaxPositions));
        padId = tokenizer.Vocabulary.PaddingId;
    }

    /// <summary>Runs a file and compares.</summary>
    /// <param name="file">The exported file.</param>
    /// <param name="stop">Cancels.</param>
    public CheckResult Run(OnnxRunner file, CancellationToken stop = default)
    {
        var counter = new AgreementCounter();
        EvaluationResult? exported = null;
        if (model.IsClassifier) exported = CompareAnswers(counter, new OnnxClassifier(file, data.Choices), stop);
        // A FastBERT has outputs besides its answers, an encoder has no others.
        if (model.Kind is ModelKind.FastBert or ModelKind.Encoder or ModelKind.MaskedLm)
            CompareOutputs(counter, !model.IsClassifier, input => file.Run(OnnxInputs.Of(input, 1, file.Model)), stop);
        return new CheckResult(data.Data.Source, counter.Result(), reference, exported);
    }

    /// <summary>Runs the step files of a FastBERT, all layers of them, and compares the answers of every layer.</summary>
    /// <param name="files">The exported files.</param>
    /// <param name="stop">Cancels.</param>
    public CheckResult Run(StepFiles files, CancellationToken stop = default)
    {
        var counter = new AgreementCounter();
        CompareOutputs(counter, true, input =>
        {
            Tensor[] answers = [.. files.Run(input).Select(layer => layer["logits"])];
            return new Dictionary<string, Tensor> { ["logits"] = answers[^1], ["branch_logits"] = Tensor.Stack(answers, 1) };
        }, stop);
        return new CheckResult(data.Data.Source, counter.Result(), null, null);
    }

    private EvaluationResult? CompareAnswers(AgreementCounter counter, OnnxClassifier exported, CancellationToken stop)
    {
        var evaluator = new Evaluator(data, BatchSize, padId);
        EvaluationResult? result = null;
        float[] given;
        if (data.Data.IsLabelled)
        {
            reference ??= evaluator.Evaluate(model.Network!, stop);
            result = evaluator.Evaluate(exported, stop);
            (answers, given) = (reference.Answers, result.Answers);
        }
        else
        {
            answers ??= evaluator.Answer(model.Network!, stop);
            given = evaluator.Answer(exported, stop);
        }
        counter.Add(data.Count, answers, given, answers.Length / data.Count);
        return result;
    }

    // Outputs of every token are many: a few hundred examples, real tokens only.
    private void CompareOutputs(AgreementCounter counter, bool countExamples, Func<ModelInput, IReadOnlyDictionary<string, Tensor>> run, CancellationToken stop)
    {
        using GradMode.Restore _ = GradMode.Off();
        var builder = new TokenBatchBuilder(data, padId);
        int count = Math.Min(data.Count, MostExamplesOfManyOutputs);
        foreach (int[] rows in Enumerable.Range(0, count).OrderByDescending(data.ExampleLength).Chunk(8))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            TokenBatch batch = builder.Build(rows);
            ModelInput input = ModelInput.Create(batch.InputIds, batch.TokenTypeIds, batch.Lengths);
            IReadOnlyDictionary<string, Tensor> given = run(input);
            int examples = countExamples ? rows.Length : 0;
            foreach ((string name, Tensor expected) in model.Forward(input))
            {
                Compare(counter, examples, batch, expected, given[name], perToken: name is "last_hidden_state" || model.Kind == ModelKind.MaskedLm);
                examples = 0;
            }
        }
    }

    private static void Compare(AgreementCounter counter, int examples, TokenBatch batch, Tensor expected, Tensor actual, bool perToken)
    {
        if (!expected.Shape.SequenceEqual(actual.Shape)) throw new DecantException($"The exported file gave {actual} where the model gives {expected}.");
        for (int row = 0; row < batch.Sequences; row++)
        {
            using var scope = new TensorScope();
            Tensor Real(Tensor t) => perToken ? t.Select(0, row).Narrow(0, 0, batch.Lengths[row]) : t.Select(0, row);
            counter.Add(row == 0 ? examples : 0, Real(expected).ToArray<float>(), Real(actual).ToArray<float>(), width: 0);
        }
    }
}
