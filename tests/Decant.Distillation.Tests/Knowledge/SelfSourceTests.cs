using Decant.Distillation.Knowledge;
using Decant.Models;
using Decant.Tests.Objectives;
using Decant.Torch;

namespace Decant.Tests.Knowledge;

public sealed class SelfSourceTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void It_says_what_the_student_just_said_without_a_gradient()
    {
        int runs = 0;
        Tensor logits = Tensor.From([1f, 2f], 1, 2);
        logits.RequiresGrad = true;
        var output = new ModelOutput { Logits = logits * 3 };
        using var source = new SelfSource(new FixedModel(2, 4, () => { runs++; return output; }), 2);
        TeacherKnowledge known = source.ReadBeside(output, ObjectiveCase.Batch(1), new() { Logits = true });
        Assert.Equal([3f, 6f], known.Logits.ToArray<float>());
        Assert.False(known.Logits.RequiresGrad);
        Assert.Equal(0, runs);
        Assert.Equal([3f, 6f], source.Read(ObjectiveCase.Batch(1), new() { Logits = true }).Logits.ToArray<float>());
        Assert.Equal(1, runs);
        Assert.Equal(new TeacherShape(2, 4, 2), source.Teacher);
    }

    [Fact]
    public void It_has_answers_alone()
    {
        using var source = new SelfSource(new FixedModel(2, 4, () => new ModelOutput { Logits = Tensor.Zeros([1, 2]) }), 2);
        source.Prepare(new() { Logits = true });
        var error = Assert.Throws<DecantException>(() => source.Prepare(new() { Logits = true, HiddenStates = [new(1, TokenSelection.Cls)] }));
        Assert.Equal("A student teaches itself with the answers of its last layer; it was asked for logits; [CLS] of hidden states 1. Objectives that compare layers need a teacher.", error.Message);
    }
}
