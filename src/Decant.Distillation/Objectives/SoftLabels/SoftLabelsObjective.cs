using Decant.Distillation.Knowledge;
using Decant.Models;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Distillation.Objectives.SoftLabels;

/// <summary>
/// The teacher's softened answers (Hinton et al. 2015): L = T² · KL(softmax(z_t/T) ‖ softmax(z_s/T)).
/// Multi-label tasks compare every label's sigmoid by itself; regression compares the numbers, with the squared error.
/// </summary>
public sealed class SoftLabelsObjective : IObjective
{
    private readonly SoftLabelsOptions options;

    /// <summary>Makes the objective.</summary>
    /// <param name="options">Weight, temperature and conventions.</param>
    /// <param name="setup">Must have a teacher with as many outputs as the task.</param>
    public SoftLabelsObjective(SoftLabelsOptions options, ObjectiveSetup setup)
    {
        this.options = options;
        setup.RequireTeacherOfTask("softLabels");
    }

    /// <inheritdoc/>
    public KnowledgeRequest Needs { get; } = new() { Logits = true };

    /// <inheritdoc/>
    public OutputRequest Observes => OutputRequest.LogitsOnly;

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs)
    {
        Tensor student = inputs.Batch.Answers(inputs.Student.Logits, inputs.Kind);
        Tensor teacher = inputs.Batch.Answers(inputs.Knowledge.Logits, inputs.Kind);
        if (inputs.Kind == TaskKind.Regression) return student.MseLoss(teacher);

        double temperature = options.Temperature;
        Tensor sum = inputs.Kind == TaskKind.MultiLabel
            ? PerLabel(teacher / temperature, student / temperature)
            : OverClasses(teacher / temperature, student / temperature);
        double divisor = options.Reduction == SoftReduction.MeanAll ? student.Count : student.Size(0);
        return sum * ((options.TemperatureSquared ? temperature * temperature : 1) / divisor);
    }

    private Tensor OverClasses(Tensor teacher, Tensor student) => Divergence(teacher.LogSoftmax(), student.LogSoftmax());

    // A label is a choice between yes and no: log σ(z) and log σ(−z).
    private Tensor PerLabel(Tensor teacher, Tensor student) =>
        Divergence(teacher.LogSigmoid(), student.LogSigmoid()) + Divergence((-teacher).LogSigmoid(), (-student).LogSigmoid());

    private Tensor Divergence(Tensor logTeacher, Tensor logStudent) =>
        (logTeacher.Exp() * (options.Form == SoftForm.Kl ? logTeacher - logStudent : -logStudent)).Sum();
}
