using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Tests.Knowledge;
using Decant.Tests.Knowledge.Store;
using Decant.Tests.Objectives;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

public sealed class LossSumTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Needs_add_up_and_the_teacher_is_asked_once_for_all()
    {
        using var teacher = new RecordedTeacher(2, Tensor.Zeros([1, 2]), [Tensor.Zeros([1, 4]), Tensor.Zeros([1, 4])]);
        var sum = new LossSum(
        [
            ("a", new Fixed(1, 2) { Needs = new() { Logits = true }, Observes = new() { ClsStates = [1] } }),
            ("b", new Fixed(3, 5) { Needs = new() { HiddenStates = [new(2, TokenSelection.Cls)] }, Observes = new() { ClsStates = [2] } }),
            ("off", new Fixed(0, double.NaN) { Needs = new() { Pooled = true }, Observes = new() { Pooled = true } }),
        ], teacher, TaskKind.SingleLabel);
        Assert.Equal("logits; [CLS] of hidden states 2", sum.Needs.Describe());
        Assert.Equal("logits; [CLS] of hidden states 2", teacher.Prepared.Describe());
        Assert.Equal([1, 2], sum.Observes.ClsStates);
        Assert.False(sum.Observes.Pooled);

        (Tensor total, var terms) = sum.Compute(new ModelOutput { Logits = Tensor.Zeros([1, 2]) }, ObjectiveCase.Batch(1));
        Assert.Equal(1 * 2 + 3 * 5, total.ToScalar());
        Assert.Equal([("a", 2.0), ("b", 5.0)], terms.Select(t => (t.Key, t.Value.ToScalar())));
    }

    [Theory]
    [InlineData("1l_3t_0.5h", 3, true)]
    [InlineData("2l_3t_1h", 3, true)]
    [InlineData("2l_64t_1h", 3, false)]
    [InlineData("1l_3t_0.5h", 9, false)]  // another objective looks at other tokens
    public void The_students_last_layer_is_computed_for_the_tokens_that_the_loss_looks_at(string cut, int othersTokens, bool alone)
    {
        using var teacher = new SmallTeacher(12);
        using var student = new RecordingModel(SmallTeacher.NewModel(2, 16, 1));
        using ObjectiveList list = KnownObjectives.Create(
            new([new("softLabels", new SoftLabelsOptions { Weight = 1 }), new("hiddenStates", new HiddenStatesOptions { Config = HiddenStateCut.Parse(cut) })]),
            new() { Task = teacher.Data.Data.Task, StudentLayers = 2, StudentHiddenSize = 16, Teacher = teacher.Online.Teacher, Random = new RandomStream(1, "objectives") });
        IObjective[] others = othersTokens == 3 ? [] : [new Fixed(1, 0) { Observes = new() { HiddenStates = [2] } }];
        var sum = new LossSum([.. list, .. others.Select(o => ("other", o))], teacher.Online, TaskKind.SingleLabel);
        var batch = TrainingBatch.Create(new TokenBatchBuilder(teacher.Data, 0).Build([.. Enumerable.Range(0, 12)]));
        double expected = sum.Compute(student.Forward(batch.Input, sum.Observes), batch).Total.ToScalar();
        Assert.Equal(expected, sum.Compute(student, batch, dropout: null).Total.ToScalar(), 1e-5 * Math.Abs(expected));
        Assert.Equal([false, alone], student.LastTokensAlone);
    }

    [Fact]
    public void Objectives_that_need_a_teacher_are_refused_without_one()
    {
        string message = Assert.Throws<DecantException>(() => new LossSum([("a", new Fixed(1, 0) { Needs = new() { Logits = true } })], null, TaskKind.SingleLabel)).Message;
        Assert.Equal("The objectives learn from a teacher, but there is none; add a 'teacher' section to the recipe.", message);
    }

    [Fact]
    public void What_was_not_asked_for_is_not_there()
    {
        using var teacher = new RecordedTeacher(2, Tensor.Zeros([1, 2]), [Tensor.Zeros([1, 4])]);
        TeacherKnowledge known = teacher.Read(ObjectiveCase.Batch(1), KnowledgeRequest.None);
        Assert.Equal("The teacher's logits was used but not asked for: add it to the objective's KnowledgeRequest.",
            Assert.Throws<InvalidOperationException>(() => known.Logits).Message);
        Assert.Equal($"The teacher's hidden state ({new HiddenStateRequest(1, TokenSelection.Cls)}) was used but not asked for: add it to the objective's KnowledgeRequest.",
            Assert.Throws<InvalidOperationException>(() => known.ClsState(1)).Message);
    }

    private sealed class Fixed(double weight, double loss) : IObjective
    {
        public KnowledgeRequest Needs { get; init; } = KnowledgeRequest.None;
        public OutputRequest Observes { get; init; } = OutputRequest.LogitsOnly;
        public double Weight => weight;
        public Tensor Loss(ObjectiveInputs inputs) => Tensor.Scalar((float)loss);
    }
}
