using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Distillation.Training.Checkpoints;
using Decant.Models.Bert;
using Decant.Torch.Random;

namespace Decant.Tests.Knowledge.Store;

/// <summary>The property on which everything rests: an objective cannot tell a store from a running teacher.</summary>
public class OfflineTrainingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)] // batches cut into two parts
    public void LogitsAndPatienceTrainStepByStepAsBesideTheTeacher(int seed, int accumulate)
    {
        ObjectiveMap objectives = new(
        [
            new("hardLabels", new HardLabelsOptions { Weight = 0.3 }), new("softLabels", new SoftLabelsOptions { Weight = 0.7, Temperature = 5 }),
            new("patience", new PatienceOptions { Weight = 100 }),
        ]);
        AssertSameTraining(objectives, SmallTeacher.Hidden, seed, accumulate);
    }

    [Theory]
    [InlineData("1l_7t_0.2h", true, 24)]
    [InlineData("2l_10t_0.1h", false, 24)]
    [InlineData("3l_5t_1h", false, 16)] // a narrow student, with a projection
    public void HiddenStatesTrainStepByStepAsBesideTheTeacher(string cut, bool maskStudent, int studentHidden) => AssertSameTraining(new(
    [
        new("softLabels", new SoftLabelsOptions { Weight = 1 }),
        new("hiddenStates", new HiddenStatesOptions { Config = HiddenStateCut.Parse(cut), MaskStudent = maskStudent }),
    ]), studentHidden, seed: 4, accumulate: 1);

    [Fact]
    public void WholeHiddenStatesTrainStepByStepAsBesideTheTeacher() => AssertSameTraining(new(
    [
        new("hiddenStates", new HiddenStatesOptions { Layers = LayerMapRule.Uniform, Neurons = NeuronSelection.Uniform(0.5) }),
    ]), 16, seed: 5, accumulate: 2);

    private static void AssertSameTraining(ObjectiveMap objectives, int studentHidden, int seed, int accumulate)
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(100);
        var stage = new StageOptions { Epochs = 3, BatchSize = 16, Accumulate = accumulate, Objectives = objectives, Optimizer = new() { LearningRate = 1e-3 } };
        (double[] online, float[] weights) = Train(stage, teacher, teacher.Online, studentHidden, seed, folder.File("online"));

        teacher.Build(folder.File("store"), Needs(stage, teacher, studentHidden), new() { Values = StoreValues.Float32 });
        using KnowledgeStore store = KnowledgeStore.Open(folder.File("store"));
        (double[] offline, float[] offlineWeights) = Train(stage, teacher, store, studentHidden, seed, folder.File("offline"));

        Assert.Equal(21, online.Length); // 3 epochs of ⌈100 / 16⌉ updates
        for (int u = 0; u < online.Length; u++) Assert.InRange(Math.Abs(online[u] - offline[u]) / Math.Abs(online[u]), 0, 2e-5);
        Assert.InRange(weights.Zip(offlineWeights, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-4);
    }

    private static KnowledgeRequest Needs(StageOptions stage, SmallTeacher teacher, int hidden)
    {
        using BertClassifier student = SmallTeacher.NewModel(2, hidden, 1);
        using ObjectiveList objectives = Objectives(stage, teacher, student, 1);
        return new LossSum(objectives, teacher.Online, teacher.Data.Data.Task.Kind).Needs;
    }

    private static (double[] Losses, float[] Weights) Train(StageOptions stage, SmallTeacher teacher, IKnowledgeSource source, int hidden, int seed, string folder)
    {
        using BertClassifier student = SmallTeacher.NewModel(2, hidden, seed);
        using ObjectiveList objectives = Objectives(stage, teacher, student, seed);
        var losses = new Losses();
        using var trainer = new Trainer(stage, new TrainingSetup
        {
            Model = student, Train = teacher.Data, Dev = new Evaluator(teacher.Data), Objectives = objectives,
            Loss = new LossSum(objectives, source, teacher.Data.Data.Task.Kind), Checkpoint = new StageCheckpoint(folder, "1-distil"), Seed = seed,
        });
        trainer.Run(losses);
        return ([.. losses.Values], [.. student.NamedParameters().SelectMany(p => p.Tensor.ToArray<float>())]);
    }

    private static ObjectiveList Objectives(StageOptions stage, SmallTeacher teacher, BertClassifier student, int seed) =>
        KnownObjectives.Create(stage.Objectives, new ObjectiveSetup
        {
            Task = teacher.Data.Data.Task, StudentLayers = student.Layers, StudentHiddenSize = student.HiddenSize, Teacher = teacher.Online.Teacher,
            Random = new RandomStream((ulong)seed, "objectives"),
        });

    private sealed class Losses : ITrainingObserver
    {
        public List<double> Values { get; } = [];

        public void Updated(UpdateReport update) => Values.Add(update.Loss);
    }
}
