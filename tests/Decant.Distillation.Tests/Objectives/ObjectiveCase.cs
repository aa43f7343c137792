using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Objectives;

/// <summary>What an objective compares, without a model or a data set behind it.</summary>
internal static class ObjectiveCase
{
    public static TaskDefinition Task(TaskKind kind, int outputs = 2) => new()
    {
        Name = "toy", Kind = kind, Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy,
        Labels = kind is TaskKind.SingleLabel or TaskKind.MultiLabel ? [.. Enumerable.Range(0, outputs).Select(i => $"{i}")] : [],
    };

    public static ObjectiveSetup Setup(TaskDefinition task, TeacherShape? teacher, int studentLayers = 3, int studentHidden = 4) => new()
    {
        Task = task, StudentLayers = studentLayers, StudentHiddenSize = studentHidden, Teacher = teacher, Random = new RandomStream(1, "objectives"),
    };

    /// <summary>A batch of sequences of one token.</summary>
    public static TrainingBatch Batch(int examples, int choices = 1, int[]? labels = null, float[]? targets = null) => TrainingBatch.Create(new TokenBatch
    {
        Examples = examples, Choices = choices, Length = 1,
        InputIds = new int[examples * choices], TokenTypeIds = new int[examples * choices],
        Lengths = [.. Enumerable.Repeat(1, examples * choices)],
        ExampleIndices = [.. Enumerable.Range(0, examples)], ExampleIds = [.. Enumerable.Range(0, examples).Select(e => $"{e}")],
        ClassLabels = labels, Targets = targets,
    });

    public static ObjectiveInputs Inputs(TaskKind kind, TrainingBatch batch, Tensor student, Tensor? teacher = null) =>
        new(batch, new ModelOutput { Logits = student }, new TeacherKnowledge(teacher, new Dictionary<HiddenStateRequest, SelectedHiddenState>()), kind);

    /// <summary>[CLS] states of layers 1, 2, … of student and teacher.</summary>
    public static ObjectiveInputs States(TrainingBatch batch, Tensor[] student, Tensor[] teacher, TaskKind kind = TaskKind.SingleLabel) => new(
        batch,
        new ModelOutput { Logits = student[0], ClsStates = student.Select((s, l) => (s, l)).ToDictionary(p => p.l + 1, p => p.s) },
        new TeacherKnowledge(null, teacher.Select((s, l) => (s, l)).ToDictionary(p => new HiddenStateRequest(p.l + 1, TokenSelection.Cls), p => SelectedHiddenState.OfCls(p.s))),
        kind);
}
