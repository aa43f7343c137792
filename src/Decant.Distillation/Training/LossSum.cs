using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Training;

/// <summary>The weighted sum of a stage's objectives: asks the student and the teacher once for what all of them need.</summary>
public sealed class LossSum
{
    private readonly IReadOnlyList<(string Name, IObjective Objective)> objectives;
    private readonly IKnowledgeSource? knowledge;
    private readonly TaskKind kind;

    /// <summary>Adds up what the objectives need.</summary>
    /// <param name="objectives">Names and terms.</param>
    /// <param name="knowledge">Where the teacher's knowledge comes from; null when no objective needs it.</param>
    /// <param name="kind">The kind of task.</param>
    public LossSum(IReadOnlyList<(string Name, IObjective Objective)> objectives, IKnowledgeSource? knowledge, TaskKind kind)
    {
        (this.objectives, this.knowledge, this.kind) = (objectives, knowledge, kind);
        // A weight of 0 switches an objective off: nothing is computed for it.
        var active = objectives.Where(o => o.Objective.Weight > 0).ToList();
        this.objectives = active;
        Needs = active.Aggregate(KnowledgeRequest.None, (sum, o) => sum + o.Objective.Needs);
        Observes = active.Aggregate(OutputRequest.LogitsOnly, (sum, o) => sum + o.Objective.Observes);
        if (!Needs.IsEmpty)
            (knowledge ?? throw new DecantException("The objectives learn from a teacher, but there is none; add a 'teacher' section to the recipe.")).Prepare(Needs);
    }

    /// <summary>What is asked of the teacher for every batch.</summary>
    public KnowledgeRequest Needs { get; }

    /// <summary>What is asked of the student for every batch, besides the logits.</summary>
    public OutputRequest Observes { get; }

    /// <summary>Whether the examples need their labels.</summary>
    public bool NeedsLabels => objectives.Any(o => o.Objective.NeedsLabels);

    /// <summary>Lets the source of knowledge begin with a batch that comes next.</summary>
    /// <param name="batch">The batch.</param>
    public void Expect(TokenBatch batch)
    {
        if (!Needs.IsEmpty) knowledge!.Expect(batch, Needs);
    }

    /// <summary>Lets the objectives change a batch before any model reads it.</summary>
    /// <param name="batch">The batch, or a part of it.</param>
    /// <param name="random">Depends on seed, stage and update alone.</param>
    public void Prepare(TokenBatch batch, RandomStream random)
    {
        foreach ((_, IObjective objective) in objectives) objective.Prepare(batch, random);
    }

    /// <summary>The loss of a batch: asks the teacher, then lets the student compute what the loss looks at.</summary>
    /// <param name="student">The student.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="dropout">The student's; null for none.</param>
    /// <returns>The weighted sum, and every term before its weight.</returns>
    public (Tensor Total, IReadOnlyList<KeyValuePair<string, Tensor>> Terms) Compute(IModel student, TrainingBatch batch, Dropout? dropout)
    {
        if (!Needs.IsEmpty && knowledge!.FollowsStudent) return Compute(student.Forward(batch.Input, Observes, dropout), batch);
        TeacherKnowledge known = Needs.IsEmpty ? TeacherKnowledge.None : knowledge!.Read(batch, Needs);
        return Compute(student.Forward(batch.Input, Observes with { LastTokens = LastTokens(student.Layers, batch, known) }, dropout), known, batch);
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="student">The student's outputs for the batch, with what <see cref="Observes"/> names.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The weighted sum, and every term before its weight.</returns>
    public (Tensor Total, IReadOnlyList<KeyValuePair<string, Tensor>> Terms) Compute(ModelOutput student, TrainingBatch batch) =>
        Compute(student, Needs.IsEmpty ? TeacherKnowledge.None : knowledge!.ReadBeside(student, batch, Needs), batch);

    // The tokens of the student's last hidden state that all who look at it look at; null for all tokens.
    private TokenPositions? LastTokens(int layer, TrainingBatch batch, TeacherKnowledge known)
    {
        if (!Observes.HiddenStates.Contains(layer)) return null;
        int[]?[] tokens = [.. objectives.Where(o => o.Objective.Observes.HiddenStates.Contains(layer)).Select(o => o.Objective.ObservedTokens(layer, known))];
        if (tokens[0] is not { } first || !Array.TrueForAll(tokens, other => other is not null && other.AsSpan().SequenceEqual(first))) return null;
        var positions = new TokenPositions(first, (int)batch.Input.Batch);
        return positions.Width + 1 < batch.Input.Tokens ? positions : null;
    }

    private (Tensor Total, IReadOnlyList<KeyValuePair<string, Tensor>> Terms) Compute(ModelOutput student, TeacherKnowledge known, TrainingBatch batch)
    {
        var inputs = new ObjectiveInputs(batch, student, known, kind);
        var terms = objectives.Select(o => (o.Name, o.Objective.Weight, Loss: o.Objective.Loss(inputs))).ToList();
        Tensor total = terms.Select(t => t.Loss * t.Weight).Aggregate((a, b) => a + b);
        return (total, [.. terms.Select(t => KeyValuePair.Create(t.Name, t.Loss))]);
    }
}
