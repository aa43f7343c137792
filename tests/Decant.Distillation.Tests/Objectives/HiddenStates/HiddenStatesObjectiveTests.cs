using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Tests.Knowledge.Selection;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Objectives.HiddenStates;

public class HiddenStatesObjectiveTests
{
    private const int StudentLayers = 4;

    // n/(k+1) · K/tokens · r, with the numbers of the paper's example.
    [Theory]
    [InlineData(6, "1l_10t_0.1h", 128, 768, 0.00112)]
    [InlineData(6, "1l_10t_0.1h", 64, 768, 0.00223)]
    [InlineData(4, "1l_10t_0.1h", 128, 768, 0.00156)]
    [InlineData(4, "1l_10t_0.1h", 64, 768, 0.00313)]
    [InlineData(4, "5l_64t_1h", 64, 768, 1)]
    public void The_kept_fraction_is_that_of_the_paper(int layers, string config, int tokens, int hidden, double fraction)
    {
        using HiddenStatesObjective objective = new(new() { Config = HiddenStateCut.Parse(config) }, Given.Setup(layers, hidden, new(12, hidden, 2)));
        Assert.Equal(fraction, objective.KeptFraction(tokens), 0.00001);
        Assert.StartsWith("keeps ", objective.Note(tokens));
    }

    [Fact]
    public void A_narrow_student_gets_one_trained_projection_for_all_layers()
    {
        using HiddenStatesObjective narrow = new(new(), Given.Setup(StudentLayers, 3, new(12, 8, 2)));
        Assert.Equal(["projection.weight", "projection.bias"], narrow.Parameters.Select(p => p.Name));
        Assert.Equal([8, 3], narrow.Parameters.First().Tensor.Shape);
        using HiddenStatesObjective equal = new(new(), Given.Setup(StudentLayers, 8, new(12, 8, 2)));
        Assert.Empty(equal.Parameters);
        using HiddenStatesObjective always = new(new() { Projection = ProjectionMode.Always }, Given.Setup(StudentLayers, 8, new(12, 8, 2)));
        Assert.Equal(2, always.Parameters.Count());
    }

    [Fact]
    public void The_projection_is_that_of_the_formula_and_learns()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed: 3, tokens: 9, lengths: [9, 6, 4]);
        Dictionary<int, Tensor> student = States(5, source, width: 3);
        using HiddenStatesObjective objective = new(new() { Layers = LayerMapRule.Parse("t_top10 keep 2"), Tokens = TokenSelection.LeftFirst(4) },
            Given.Setup(StudentLayers, 3, RandomTeacher.Shape));
        Tensor loss = Loss(objective, source, student);

        (Tensor weight, Tensor bias) = (objective.Parameters.First().Tensor, objective.Parameters.Last().Tensor);
        double expected = 0;
        foreach (LayerPair pair in objective.Map)
        {
            Tensor difference = student[pair.Student].Narrow(1, 0, 4).Linear(weight, bias) - source.Output.HiddenStates[pair.Teacher].Narrow(1, 0, 4);
            expected += difference.Square().Mean().ToScalar();
        }
        Assert.Equal(expected, loss.ToScalar(), 1e-5);
        loss.Backward();
        Assert.All(objective.Parameters, p => Assert.True(p.Tensor.Grad!.Abs().Sum().ToScalar() > 0));
    }

    [Fact]
    public void Keeping_everything_is_the_plain_mean_over_all_tokens()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed: 1, tokens: 7, lengths: [7, 5, 3]);
        Dictionary<int, Tensor> student = States(2, source, RandomTeacher.Hidden);
        HiddenStatesOptions plain = new() { MaskPadding = false };
        double expected = LayerMapRule.Uniform.For(RandomTeacher.Layers, StudentLayers)
            .Sum(pair => student[pair.Student].MseLoss(source.Output.HiddenStates[pair.Teacher]).ToScalar());
        Assert.Equal(expected, Loss(plain, source, student), 1e-5);
        foreach (string tokens in new[] { "leftFirst 7", "rightFirst 99", "attention 7", "attentionNoSep 30" })
            foreach (string neurons in new[] { "all", "uniform 1", "random 1", "magnitude 1 token", "magnitude 1 batch", "magnitude 1" })
                Assert.Equal(expected, Loss(plain with { Tokens = TokenSelection.Parse(tokens), Neurons = NeuronSelection.Parse(neurons) }, source, student), 1e-5);
    }

    [Theory]
    [InlineData("all", "all")]
    [InlineData("attentionNoSep 5", "magnitude 0.3")]
    [InlineData("rightFirst 5", "magnitude 0.3 token")]
    [InlineData("attention 6 by probabilities", "magnitude 0.3 batch")]
    public void Masked_padding_has_no_say(string tokens, string neurons)
    {
        using var scope = new TensorScope();
        HiddenStatesOptions options = new() { Tokens = TokenSelection.Parse(tokens), Neurons = NeuronSelection.Parse(neurons) };
        SelectionSource source = RandomTeacher.Make(seed: 1, tokens: 8, lengths: [8, 5, 3]), other = source with { Output = RandomTeacher.DisturbPadding(source) };
        Dictionary<int, Tensor> student = States(2, source, RandomTeacher.Hidden);
        Assert.Equal(Loss(options, source, student), Loss(options, other, student));
        Assert.NotEqual(Loss(options with { MaskPadding = false }, source, student), Loss(options with { MaskPadding = false }, other, student));

        foreach (Tensor state in student.Values) state.RequiresGrad = true;
        using HiddenStatesObjective objective = new(options, Given.Setup(StudentLayers, RandomTeacher.Hidden, RandomTeacher.Shape));
        Loss(objective, source, student).Backward();
        Assert.Equal(0, student[4].Grad!.Select(0, 2).Narrow(0, 3, 5).Abs().Sum().ToScalar());
        Assert.NotEqual(0, student[4].Grad!.Select(0, 2).Narrow(0, 0, 3).Abs().Sum().ToScalar());
    }

    // The same examples in batches of other sizes and paddings: the kept tokens are weighed alike.
    [Fact]
    public void A_batch_weighs_its_real_tokens_alike()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed: 4, tokens: 8, lengths: [8, 3]);
        Dictionary<int, Tensor> student = States(2, source, RandomTeacher.Hidden);
        HiddenStatesOptions options = new() { Layers = LayerMapRule.Parse("uniform keep 1") };
        Tensor squares = (student[4] - source.Output.HiddenStates[12]).Square().Mean(-1);
        double expected = (squares.Select(0, 0).Sum().ToScalar() + squares.Select(0, 1).Narrow(0, 0, 3).Sum().ToScalar()) / 11;
        Assert.Equal(expected, Loss(options, source, student), 1e-5);
    }

    [Fact]
    public void Masking_the_student_compares_kept_neurons_alone()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed: 1, tokens: 6, lengths: [6, 6]);
        Dictionary<int, Tensor> student = States(2, source, RandomTeacher.Hidden);
        student[4].RequiresGrad = true;
        HiddenStatesOptions options = new() { Layers = LayerMapRule.Parse("uniform keep 1"), Neurons = NeuronSelection.Uniform(0.25), MaskStudent = true };
        using HiddenStatesObjective objective = new(options, Given.Setup(StudentLayers, RandomTeacher.Hidden, RandomTeacher.Shape));
        Tensor loss = Loss(objective, source, student);
        loss.Backward();
        int[] kept = NeuronSelection.Uniform(0.25).Static(RandomTeacher.Hidden)!;
        float[] gradient = student[4].Grad!.Abs().Sum(0).Sum(0).ToArray<float>();
        Assert.Equal(kept, Enumerable.Range(0, RandomTeacher.Hidden).Where(i => gradient[i] > 0));
        Assert.True(loss.ToScalar() < Loss(options with { MaskStudent = false }, source, student), "neurons that are not kept count without the mask");
    }

    [Fact]
    public void With_cls_alone_it_is_the_unnormalised_patience_of_PKD()
    {
        using var scope = new TensorScope();
        SelectionSource source = RandomTeacher.Make(seed: 6, tokens: 5, lengths: [5, 4]);
        Dictionary<int, Tensor> student = States(2, source, RandomTeacher.Hidden);
        ObjectiveSetup setup = Given.Setup(StudentLayers, RandomTeacher.Hidden, RandomTeacher.Shape);
        var patience = new PatienceObjective(new() { Normalize = false }, setup);
        using var hidden = new HiddenStatesObjective(new() { Layers = LayerMapRule.Skip, Tokens = TokenSelection.Cls }, setup);
        Assert.True(patience.Needs.HiddenStates.SetEquals(hidden.Needs.HiddenStates), "both ask for the same knowledge");
        Assert.Equal(Loss(patience, source, student).ToScalar(), Loss(hidden, source, student).ToScalar() / hidden.Map.Count, 1e-5);
    }

    [Fact]
    public void Without_a_teacher_it_is_refused()
    {
        var e = Assert.Throws<DecantException>(() => new HiddenStatesObjective(new(), Given.Setup(StudentLayers, 8, null)));
        Assert.StartsWith("The objective 'hiddenStates' learns from a teacher, but the recipe has none;", e.Message);
    }

    private static Dictionary<int, Tensor> States(int seed, SelectionSource source, int width)
    {
        var random = new RandomStream((ulong)seed, "student");
        return Enumerable.Range(0, StudentLayers + 1).ToDictionary(l => l, l => RandomTeacher.Normal(random, source.Tokens.Sequences, source.Tokens.Length, width));
    }

    private static double Loss(HiddenStatesOptions options, SelectionSource source, Dictionary<int, Tensor> student)
    {
        using HiddenStatesObjective objective = new(options, Given.Setup(StudentLayers, RandomTeacher.Hidden, RandomTeacher.Shape));
        return Loss(objective, source, student).ToScalar();
    }

    private static Tensor Loss(IObjective objective, SelectionSource source, Dictionary<int, Tensor> student)
    {
        var knowledge = new TeacherKnowledge(null, objective.Needs.HiddenStates.ToDictionary(h => h, h => HiddenStateSelector.Select(h, source)));
        var output = new ModelOutput
        {
            Logits = Tensor.Zeros([source.Tokens.Sequences, 2]),
            HiddenStates = student.Where(s => objective.Observes.HiddenStates.Contains(s.Key)).ToDictionary(),
            ClsStates = student.Where(s => objective.Observes.ClsStates.Contains(s.Key)).ToDictionary(s => s.Key, s => s.Value.Select(1, 0)),
        };
        return objective.Loss(new ObjectiveInputs(TrainingBatch.Create(source.Tokens), output, knowledge, TaskKind.SingleLabel));
    }
}
