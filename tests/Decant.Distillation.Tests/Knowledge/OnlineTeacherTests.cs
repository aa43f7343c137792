using Decant.Distillation.Knowledge;
using Decant.Distillation.Training;
using Decant.Models.Bert;
using Decant.Tests.Training;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Knowledge;

public class OnlineTeacherTests
{
    private static readonly KnowledgeRequest LogitsAndStates = new()
    {
        Logits = true,
        HiddenStates = [new(2, TokenSelection.Attention(3)), new(0, TokenSelection.Cls), new(1, TokenSelection.All, NeuronSelection.Magnitude(0.5))],
    };

    [Fact]
    public void It_answers_every_part_of_a_request_with_one_pass()
    {
        using var scope = new TensorScope();
        using OnlineTeacher teacher = Teacher();
        TeacherKnowledge known = teacher.Read(Batch(0, 1), LogitsAndStates);
        Assert.Equal([2, 2], known.Logits.Shape);
        Assert.Equal([2, 3, 16], known.HiddenState(new(2, TokenSelection.Attention(3))).Values.Shape);
        Assert.Equal([2, 16], known.ClsState(0).Shape);
        SelectedHiddenState wide = known.HiddenState(new(1, TokenSelection.All, NeuronSelection.Magnitude(0.5)));
        Assert.Equal([2, 6, 16], wide.Values.Shape);
        Assert.Equal([6, 4], wide.Counts!);
        Assert.Throws<InvalidOperationException>(() => known.HiddenState(new(1, TokenSelection.All)));
    }

    [Fact]
    public void It_knows_what_the_model_says_without_dropout_and_without_gradients()
    {
        using var scope = new TensorScope();
        using OnlineTeacher teacher = Teacher();
        using BertClassifier model = Model();
        var request = new KnowledgeRequest
        {
            Logits = true, Pooled = true, AttentionScores = [1], AttentionProbabilities = [2],
            HiddenStates = [new(0, TokenSelection.All), new(1, TokenSelection.Cls)],
        };
        TrainingBatch batch = Batch(0); // nothing is padded, so that every token counts
        TeacherKnowledge known = teacher.Read(batch, request);
        var output = model.Forward(batch.Input, request.ToOutputRequest());
        foreach ((Tensor expected, Tensor actual) in new[]
        {
            (output.Logits, known.Logits), (output.Pooled!, known.Pooled!), (output.HiddenStates[0], known.HiddenState(new(0, TokenSelection.All)).Values),
            (output.ClsStates[1], known.ClsState(1)), (output.AttentionScores[1], known.AttentionScores[1]), (output.AttentionProbabilities[2], known.AttentionProbabilities[2]),
        })
        {
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
            Assert.False(actual.RequiresGrad);
        }
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void It_runs_no_deeper_than_the_request_needs_and_says_the_same()
    {
        using var scope = new TensorScope();
        var model = new RecordingModel(Model());
        using var teacher = new OnlineTeacher(model, 2);
        (HiddenStateRequest State, int Layers)[] cases =
        [
            (new(0, TokenSelection.All), 0),
            (new(1, TokenSelection.All, NeuronSelection.Magnitude(0.5)), 1),
            (new(1, TokenSelection.Attention(3)), 1),
            (new(1, TokenSelection.Attention(3, layer: 2)), 2),
            (new(1, TokenSelection.Attention(3, by: AttentionRank.Probabilities, layer: 2)), 2),
        ];
        foreach ((HiddenStateRequest state, int layers) in cases)
        {
            KnowledgeRequest request = new() { HiddenStates = [state] };
            SelectedHiddenState alone = teacher.Read(Batch(0, 1), request).HiddenState(state), beside = teacher.Read(Batch(0, 1), request with { Logits = true }).HiddenState(state);
            Assert.Equal([layers, 2], model.LayersRun);
            model.LayersRun.Clear();
            Assert.Equal(beside.Positions, alone.Positions);
            Assert.True(beside.Values.ToArray<float>().AsSpan().SequenceEqual(alone.Values.ToArray<float>()), $"{state}: the values differ.");
        }
    }

    [Fact]
    public void It_refuses_layers_that_it_does_not_have()
    {
        using OnlineTeacher teacher = Teacher();
        teacher.Prepare(LogitsAndStates);
        foreach (HiddenStateRequest request in new HiddenStateRequest[] { new(3, TokenSelection.All), new(3, TokenSelection.Cls), new(1, TokenSelection.Attention(4, layer: 3)) })
        {
            var e = Assert.Throws<DecantException>(() => teacher.Prepare(new() { HiddenStates = [request] }));
            Assert.Equal("An objective asks for layer 3 of the teacher, which has 2; change the layer map.", e.Message);
        }
    }

    [Fact]
    public void Its_dropout_depends_on_the_batch_alone()
    {
        using var scope = new TensorScope();
        using OnlineTeacher calm = Teacher(), teacher = Teacher(new Dropout(new RandomStream(1, "teacher.dropout"))), resumed = Teacher(new Dropout(new RandomStream(1, "teacher.dropout")));
        float[] first = Logits(teacher, Batch(0, 1)), second = Logits(teacher, Batch(2, 3));
        Assert.NotEqual(Logits(calm, Batch(0, 1)), first);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Logits(resumed, Batch(2, 3)));
        Assert.Equal(first, Logits(teacher, Batch(0, 1)));
    }

    private static float[] Logits(OnlineTeacher teacher, TrainingBatch batch) => teacher.Read(batch, new() { Logits = true }).Logits.ToArray<float>();

    private static OnlineTeacher Teacher(Dropout? dropout = null) => new(Model(), 2, dropout);

    private static BertClassifier Model()
    {
        var config = new BertConfig { VocabSize = 50, HiddenSize = 16, Layers = 2, Heads = 2, IntermediateSize = 32, MaxPositions = 16, HiddenDropout = 0.2, AttentionDropout = 0.2 };
        return new BertClassifier(config, 2, new Initializer(new RandomStream(5, "weights"), 0.2));
    }

    // The same text for every example, so that only the masks can differ.
    private static TrainingBatch Batch(params int[] examples) => TrainingBatch.Create(new TokenBatch
    {
        Examples = examples.Length, Choices = 1, Length = 6,
        InputIds = [.. examples.SelectMany((_, i) => i == 0 ? new[] { 2, 7, 8, 9, 10, 3 } : [2, 7, 8, 3, 0, 0])], TokenTypeIds = new int[examples.Length * 6],
        Lengths = [6, .. Enumerable.Repeat(4, examples.Length - 1)],
        ExampleIndices = examples, ExampleIds = [.. examples.Select(e => $"{e}")],
    });
}
