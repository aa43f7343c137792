using Decant.Models;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Training;

/// <summary>A batch on its way into a network: a <see cref="TokenBatch"/> and its tensors.</summary>
public sealed class TrainingBatch
{
    private TrainingBatch(TokenBatch tokens, ModelInput input, Tensor? classLabels, Tensor? targets) =>
        (Tokens, Input, ClassLabels, Targets) = (tokens, input, classLabels, targets);

    /// <summary>The plain arrays: ids of the examples, lengths, labels.</summary>
    public TokenBatch Tokens { get; }

    /// <summary>What the networks read: [examples × choices, tokens].</summary>
    public ModelInput Input { get; }

    /// <summary>Right classes or choices, Int64 [examples]; null where the task has none.</summary>
    public Tensor? ClassLabels { get; }

    /// <summary>Target numbers (regression) or label flags (multi-label), Float32 [examples, outputs]; null where the task has none.</summary>
    public Tensor? Targets { get; }

    /// <summary>Makes the tensors of a batch; the innermost scope owns them.</summary>
    /// <param name="tokens">The batch.</param>
    /// <param name="device">Where they go.</param>
    public static TrainingBatch Create(TokenBatch tokens, Device device = default)
    {
        Tensor? labels = tokens.ClassLabels is { } classes ? Tensor.From(classes, classes.Length).To(DType.Int64).To(device) : null;
        Tensor? targets = tokens.Targets is { } numbers ? Tensor.From(numbers, tokens.Examples, numbers.Length / tokens.Examples).To(device) : null;
        return new TrainingBatch(tokens, ModelInput.Create(tokens.InputIds, tokens.TokenTypeIds, tokens.Lengths, device), labels, targets);
    }

    /// <summary>Logits as the task sees them: for multiple choice [examples, choices], otherwise unchanged.</summary>
    /// <param name="logits">[examples × choices, outputs]</param>
    /// <param name="kind">The kind of task.</param>
    public Tensor Answers(Tensor logits, TaskKind kind) =>
        kind == TaskKind.MultipleChoice ? logits.Reshape(Tokens.Examples, Tokens.Choices) : logits;
}
