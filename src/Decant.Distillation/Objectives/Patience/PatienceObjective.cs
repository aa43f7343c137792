using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Models;
using Decant.Torch;

namespace Decant.Distillation.Objectives.Patience;

/// <summary>
/// Patient knowledge distillation (Sun et al. 2019, L_PT): the student's [CLS] states follow those of chosen teacher layers,
/// L = Σ_j ‖h_s,j/‖h_s,j‖ − h_t,I(j)/‖h_t,I(j)‖‖². For multiple choice the states of a question's choices are joined to one vector first.
/// </summary>
public sealed class PatienceObjective : IObjective
{
    private readonly PatienceOptions options;

    /// <summary>Makes the objective.</summary>
    /// <param name="options">Weight, layers and conventions.</param>
    /// <param name="setup">Must have a teacher of the student's width.</param>
    public PatienceObjective(PatienceOptions options, ObjectiveSetup setup)
    {
        this.options = options;
        TeacherShape teacher = setup.RequireTeacher("patience");
        if (teacher.HiddenSize != setup.StudentHiddenSize)
            throw new DecantException($"The objective 'patience' compares hidden states directly, so widths must agree: the teacher has {teacher.HiddenSize}, the student {setup.StudentHiddenSize}. Use a student of the teacher's width.");
        Map = options.Layers.For(teacher.Layers, setup.StudentLayers);
        Needs = new KnowledgeRequest { HiddenStates = [.. Map.Select(pair => new HiddenStateRequest(pair.Teacher, TokenSelection.Cls))] };
        Observes = new OutputRequest { ClsStates = [.. Map.Select(pair => pair.Student)] };
    }

    /// <summary>Which teacher layer teaches which student layer.</summary>
    public LayerMap Map { get; }

    /// <inheritdoc/>
    public KnowledgeRequest Needs { get; }

    /// <inheritdoc/>
    public OutputRequest Observes { get; }

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs)
    {
        int choices = inputs.Batch.Tokens.Choices;
        Tensor student = Stack(Map.Select(pair => inputs.Student.ClsStates[pair.Student]), choices);
        Tensor teacher = Stack(Map.Select(pair => inputs.Knowledge.ClsState(pair.Teacher)), choices);
        Tensor mean = student.MseLoss(teacher);
        return options.Reduction == PatienceReduction.Mean ? mean : mean * ((double)student.Count / student.Size(0));
    }

    // [examples, layers, hidden], or [examples, layers, choices × hidden]
    private Tensor Stack(IEnumerable<Tensor> clsStates, int choices)
    {
        Tensor stack = Tensor.Stack([.. clsStates.Select(cls => cls.Reshape(cls.Size(0) / choices, choices * cls.Size(1)))], 1);
        // torch.nn.functional.normalize keeps the length from being 0 in the same way.
        return options.Normalize ? stack / stack.Norm(-1, keepDim: true).ClampMin(1e-12) : stack;
    }
}
