using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Parallel;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Knowledge;

/// <summary>
/// Runs the teacher on every batch, without gradients and, unless told otherwise, without dropout; no deeper than the request needs.
/// </summary>
public sealed class OnlineTeacher : IKnowledgeSource
{
    private readonly IModel model;
    private readonly Dropout? dropout;
    private readonly int? separatorId;

    /// <summary>Takes over a teacher.</summary>
    /// <param name="model">The fine-tuned model; disposed with this source.</param>
    /// <param name="outputs">Its logits per sequence.</param>
    /// <param name="dropout">Leaves the teacher's dropout on (the released TinyBERT and Marginal Utility code); null, as it should be, switches it off.</param>
    /// <param name="separatorId">Id of [SEP], which token selections without [SEP] need.</param>
    public OnlineTeacher(IModel model, int outputs, Dropout? dropout = null, int? separatorId = null)
    {
        this.model = new DataParallel(model);
        this.dropout = dropout;
        this.separatorId = separatorId;
        Teacher = new TeacherShape(model.Layers, model.HiddenSize, outputs);
    }

    /// <inheritdoc/>
    public TeacherShape Teacher { get; }

    /// <summary>The teacher's trained values.</summary>
    public long ParameterCount => model.ParameterCount;

    /// <summary>How the teacher itself does on a split.</summary>
    /// <param name="evaluator">The split.</param>
    public EvaluationResult Evaluate(Evaluator evaluator) => evaluator.Evaluate(model);

    /// <inheritdoc/>
    public void Prepare(KnowledgeRequest request)
    {
        OutputRequest output = request.ToOutputRequest();
        foreach (int layer in output.HiddenStates.Concat(output.ClsStates).Concat(output.AttentionScores).Concat(output.AttentionProbabilities))
            if (layer > model.Layers) throw new DecantException($"An objective asks for layer {layer} of the teacher, which has {model.Layers}; change the layer map.");
    }

    /// <inheritdoc/>
    public TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request)
    {
        using GradMode.Restore _ = GradMode.Off();
        // By the examples, not by how many batches came before: a run that was stopped goes on with the same masks.
        if (dropout is not null) dropout.Stream.Position = PositionOf(batch.Tokens.ExampleIndices);
        ModelOutput output = model.Forward(batch.Input, request.ToOutputRequest(), dropout);
        var source = new SelectionSource(output, batch.Tokens, separatorId);
        var states = request.HiddenStates.ToDictionary(wanted => wanted, wanted => HiddenStateSelector.Select(wanted, source));
        return new TeacherKnowledge(request.Logits ? output.Logits : null, states)
        {
            Pooled = output.Pooled,
            AttentionScores = output.AttentionScores,
            AttentionProbabilities = output.AttentionProbabilities,
        };
    }

    // FNV-1a; the low half starts at 0, so that the masks of a batch stay within one upper half.
    private static ulong PositionOf(int[] examples)
    {
        ulong hash = 14695981039346656037;
        foreach (int example in examples) hash = (hash ^ (uint)example) * 1099511628211;
        return hash & 0xFFFFFFFF00000000;
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
