using System.Text.Json;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Tests.Knowledge;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives;

/// <summary>The three losses of PKD and their sum against the released PKD code.</summary>
public class PkdLossGoldenTests
{
    [SkippableFact]
    public void Losses_sums_and_gradients_are_the_official_ones()
    {
        using Golden golden = Golden.Open("pkd_loss");
        int number = 0;
        foreach (JsonElement @case in golden.Settings.GetProperty("cases").EnumerateArray()) Compare(golden, @case, number++);
        Assert.True(number > 0);
    }

    [SkippableFact]
    public void The_states_of_four_choices_are_joined_as_in_the_official_code()
    {
        using Golden golden = Golden.Open("pkd_loss");
        using var scope = new TensorScope();
        Tensor student = Leaf(golden["in.race.student_cls_flat"]);
        Tensor teacher = golden["in.race.teacher_cls"], joined = golden["out.race.student_cls"];
        int examples = (int)teacher.Size(0), choices = (int)(student.Size(0) / examples);

        Tensor loss = Race(student, Apart(teacher, choices), choices);
        AssertClose(golden, "out.race.patience_float", loss);
        loss.Backward();
        golden.AssertGradient("grad.race.student_cls_flat", student.Grad!);

        // The official code's joined vectors, taken apart choice by choice, are this student's own.
        Assert.Equal(student.ToArray<float>(), Apart(joined, choices).ToArray<float>());
        Assert.Equal(0, Race(student, Apart(joined, choices), choices).ToScalar());
    }

    private static void Compare(Golden golden, JsonElement @case, int number)
    {
        using var scope = new TensorScope();
        Tensor logits = Leaf(golden[$"in.{number}.student_logits"]), cls = Leaf(golden[$"in.{number}.student_cls"]);
        Tensor teacherCls = golden[$"in.{number}.teacher_cls"];
        int outputs = @case.GetProperty("C").GetInt32();
        double alpha = @case.GetProperty("alpha").GetDouble(), beta = @case.GetProperty("beta").GetDouble();
        using var teacher = new RecordedTeacher(outputs, golden[$"in.{number}.teacher_logits"], Layers(teacherCls));
        ObjectiveSetup setup = Setup(ObjectiveCase.Task(TaskKind.SingleLabel, outputs), teacher.Teacher);

        var hard = new HardLabelsObjective(new() { Weight = 1 - alpha });
        var soft = new SoftLabelsObjective(new() { Weight = alpha, Temperature = @case.GetProperty("T").GetDouble(), Reduction = SoftReduction.MeanAll }, setup);
        var patience = new PatienceObjective(new() { Weight = beta, Normalize = @case.GetProperty("normalize").GetBoolean(), Layers = All(teacherCls) }, setup);
        TrainingBatch batch = ObjectiveCase.Batch((int)logits.Size(0), 1, golden.Ints($"in.{number}.labels"));
        ModelOutput output = Output(logits, cls);

        TeacherKnowledge known = teacher.Read(batch, soft.Needs + patience.Needs);
        var inputs = new ObjectiveInputs(batch, output, known, TaskKind.SingleLabel);
        AssertClose(golden, $"out.{number}.ce", hard.Loss(inputs));
        AssertClose(golden, $"out.{number}.kd", soft.Loss(inputs));
        AssertClose(golden, $"out.{number}.patience_float", patience.Loss(inputs));
        AssertClose(golden, $"out.{number}.loss_dl", hard.Loss(inputs) * hard.Weight + soft.Loss(inputs) * soft.Weight);

        var sum = new LossSum([("hardLabels", hard), ("softLabels", soft), ("patience", patience)], teacher, TaskKind.SingleLabel);
        (Tensor total, _) = sum.Compute(output, batch);
        AssertClose(golden, $"out.{number}.total_float", total);
        total.Backward();
        golden.AssertGradient($"grad.{number}.student_logits", logits.Grad!);
        golden.AssertGradient($"grad.{number}.student_cls", cls.Grad ?? Tensor.Zeros(cls.Shape));
    }

    private static Tensor Race(Tensor student, Tensor teacherFlat, int choices)
    {
        using var teacher = new RecordedTeacher(1, Tensor.Zeros([student.Size(0), 1]), Layers(teacherFlat));
        var patience = new PatienceObjective(new() { Layers = All(teacherFlat) }, Setup(ObjectiveCase.Task(TaskKind.MultipleChoice), teacher.Teacher));
        TrainingBatch batch = ObjectiveCase.Batch((int)student.Size(0) / choices, choices);
        ModelOutput output = Output(Tensor.Zeros([student.Size(0), 1]), student);
        return patience.Loss(new ObjectiveInputs(batch, output, teacher.Read(batch, patience.Needs), TaskKind.MultipleChoice));
    }

    // [examples, layers, choices × hidden] → [examples × choices, layers, hidden]
    private static Tensor Apart(Tensor joined, int choices)
    {
        long examples = joined.Size(0), layers = joined.Size(1), hidden = joined.Size(2) / choices;
        return joined.Reshape(examples, layers, choices, hidden).Transpose(1, 2).Reshape(examples * choices, layers, hidden);
    }

    private static Tensor[] Layers(Tensor stack) => [.. Enumerable.Range(0, (int)stack.Size(1)).Select(l => stack.Select(1, l))];

    private static LayerMapRule All(Tensor stack) => LayerMapRule.Listed(Enumerable.Range(1, (int)stack.Size(1)));

    private static ModelOutput Output(Tensor logits, Tensor cls) => new()
    {
        Logits = logits,
        ClsStates = Layers(cls).Select((state, l) => (state, l)).ToDictionary(p => p.l + 1, p => p.state),
    };

    private static ObjectiveSetup Setup(TaskDefinition task, TeacherShape teacher) =>
        ObjectiveCase.Setup(task, teacher, teacher.Layers + 1, teacher.HiddenSize);

    private static Tensor Leaf(Tensor tensor)
    {
        tensor.RequiresGrad = true;
        return tensor;
    }

    private static void AssertClose(Golden golden, string name, Tensor actual)
    {
        double expected = golden[name].ToScalar();
        Assert.True(Math.Abs(expected - actual.ToScalar()) <= 1e-6 + 1e-5 * Math.Abs(expected), $"{name}: expected {expected:R}, got {actual.ToScalar():R}");
    }
}
