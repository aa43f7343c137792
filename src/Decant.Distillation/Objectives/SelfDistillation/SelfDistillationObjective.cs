using Decant.Distillation.Knowledge;
using Decant.Models;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Objectives.SelfDistillation;

/// <summary>
/// FastBERT's self-distillation (Liu et al. 2020, eq. 5 and 6): every branch below the last layer learns the teacher's probabilities,
/// L = Σ_{i &lt; layers} D(p_i, p_t), mean over the batch, at temperature 1. It needs no labels. With <c>knowledge: self</c> the teacher is the
/// student's own last layer; any other that answers the same classes will do.
/// </summary>
public sealed class SelfDistillationObjective : IObjective
{
    private readonly SelfDistillationOptions options;

    /// <summary>Makes the objective.</summary>
    /// <param name="options">Weight and direction.</param>
    /// <param name="setup">The student must have branches, the teacher as many outputs as the task.</param>
    /// <exception cref="DecantException">They have not, or the task is not one label of several.</exception>
    public SelfDistillationObjective(SelfDistillationOptions options, ObjectiveSetup setup)
    {
        this.options = options;
        if (!setup.StudentHasBranches)
            throw new DecantException("The objective 'selfDistillation' trains the classifiers of a FastBERT's layers, and the student has none; add student.fastBert.");
        if (setup.StudentLayers < 2)
            throw new DecantException("The objective 'selfDistillation' needs a student of two layers or more: the last teaches those below it.");
        if (setup.Task.Kind != TaskKind.SingleLabel)
            throw new DecantException($"The objective 'selfDistillation' compares the probabilities of one label of several; {setup.Task.Name} is {setup.Task.Kind}.");
        setup.RequireTeacherOfTask("selfDistillation");
        Observes = new OutputRequest { BranchLogits = [.. Enumerable.Range(1, setup.StudentLayers - 1)] };
    }

    /// <inheritdoc/>
    public KnowledgeRequest Needs { get; } = new() { Logits = true };

    /// <inheritdoc/>
    public OutputRequest Observes { get; }

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs)
    {
        // All branches at once: [branches, batch, classes] against [batch, classes].
        Tensor student = Tensor.Stack([.. Observes.BranchLogits.Select(layer => inputs.Student.BranchLogits[layer])]).LogSoftmax();
        Tensor teacher = inputs.Knowledge.Logits.LogSoftmax();
        Tensor terms = options.Direction == DivergenceDirection.StudentToTeacher
            ? student.Exp() * (student - teacher)
            : teacher.Exp() * (teacher - student);
        return terms.Sum() / inputs.Knowledge.Logits.Size(0);
    }
}
