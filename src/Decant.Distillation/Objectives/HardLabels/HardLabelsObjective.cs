using Decant.Distillation.Knowledge;
using Decant.Models;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Objectives.HardLabels;

/// <summary>
/// The labels of the data: L = −log P(y|x), mean over the batch (PKD, L_CE). Multi-label tasks use the binary cross-entropy
/// of every label, regression the squared error.
/// </summary>
/// <param name="options">Its weight.</param>
public sealed class HardLabelsObjective(HardLabelsOptions options) : IObjective
{
    /// <inheritdoc/>
    public KnowledgeRequest Needs => KnowledgeRequest.None;

    /// <inheritdoc/>
    public OutputRequest Observes => OutputRequest.LogitsOnly;

    /// <inheritdoc/>
    public bool NeedsLabels => true;

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs)
    {
        Tensor answers = inputs.Batch.Answers(inputs.Student.Logits, inputs.Kind);
        return inputs.Kind switch
        {
            TaskKind.Regression => answers.MseLoss(inputs.Batch.Targets!),
            TaskKind.MultiLabel => answers.BinaryCrossEntropy(inputs.Batch.Targets!),
            _ => answers.CrossEntropy(inputs.Batch.ClassLabels!),
        };
    }
}
