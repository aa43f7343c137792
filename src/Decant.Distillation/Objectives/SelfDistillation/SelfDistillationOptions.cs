using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Objectives.SelfDistillation;

/// <summary>Options of <see cref="SelfDistillationObjective"/>.</summary>
public sealed record SelfDistillationOptions
{
    /// <summary>Factor of the loss, from 0. Default: 1 (FastBERT, eq. 6, which has no factor).</summary>
    [Range(0.0, 1e9)]
    public double Weight { get; init; } = 1;

    /// <summary>
    /// <c>studentToTeacher</c>: Σ p_s log(p_s / p_t) (FastBERT, eq. 5), or <c>teacherToStudent</c>: Σ p_t log(p_t / p_s) (the released code, which
    /// the published figures come from). Default: studentToTeacher.
    /// </summary>
    public DivergenceDirection Direction { get; init; } = DivergenceDirection.StudentToTeacher;
}

/// <summary>Which way a divergence of two distributions is taken.</summary>
public enum DivergenceDirection
{
    /// <summary>KL(student ‖ teacher).</summary>
    StudentToTeacher,
    /// <summary>KL(teacher ‖ student).</summary>
    TeacherToStudent,
}
