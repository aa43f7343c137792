using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Text.Data;
using Decant.Torch.Random;

namespace Decant.Tests.Objectives.HiddenStates;

internal static class Given
{
    public static ObjectiveSetup Setup(int studentLayers, int studentHidden, TeacherShape? teacher) => new()
    {
        Task = new TaskDefinition
        {
            Name = "golden", Kind = TaskKind.SingleLabel, Labels = ["0", "1"],
            Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy,
        },
        StudentLayers = studentLayers, StudentHiddenSize = studentHidden, Teacher = teacher,
        Random = new RandomStream(1, "objectives"),
    };
}
