using Decant.Distillation.Training;
using Decant.Models;
using Decant.Torch;

namespace Decant.Distillation.Knowledge;

/// <summary>
/// The student's own last layer as the teacher (FastBERT's self-distillation): beside a student that has just answered, its logits are
/// taken without a second run. They carry no gradient.
/// </summary>
/// <param name="model">The student; the caller's.</param>
/// <param name="outputs">Its logits per sequence.</param>
public sealed class SelfSource(IModel model, int outputs) : IKnowledgeSource
{
    /// <inheritdoc/>
    public TeacherShape Teacher { get; } = new(model.Layers, model.HiddenSize, outputs);

    /// <inheritdoc/>
    public bool FollowsStudent => true;

    /// <inheritdoc/>
    public void Prepare(KnowledgeRequest request)
    {
        if (!(request with { Logits = false }).IsEmpty)
            throw new DecantException($"A student teaches itself with the answers of its last layer; it was asked for {request.Describe()}. Objectives that compare layers need a teacher.");
    }

    /// <inheritdoc/>
    public TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request)
    {
        using GradMode.Restore _ = GradMode.Off();
        return Of(model.Forward(batch.Input, OutputRequest.LogitsOnly), request);
    }

    /// <inheritdoc/>
    public TeacherKnowledge ReadBeside(ModelOutput student, TrainingBatch batch, KnowledgeRequest request) => Of(student, request);

    /// <inheritdoc/>
    public void Dispose() { }

    private static TeacherKnowledge Of(ModelOutput output, KnowledgeRequest request) =>
        new(request.Logits ? output.Logits.Detach() : null, new Dictionary<HiddenStateRequest, SelectedHiddenState>());
}
