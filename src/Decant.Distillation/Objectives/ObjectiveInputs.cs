using Decant.Distillation.Knowledge;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Text.Data;

namespace Decant.Distillation.Objectives;

/// <summary>What an objective compares.</summary>
/// <param name="Batch">The examples and their labels.</param>
/// <param name="Student">What the student said.</param>
/// <param name="Knowledge">What the teacher knows.</param>
/// <param name="Kind">The kind of task, which gives logits and labels their meaning.</param>
public sealed record ObjectiveInputs(TrainingBatch Batch, ModelOutput Student, TeacherKnowledge Knowledge, TaskKind Kind);
