using System.Text.Json;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Tests.Knowledge;
using Decant.Tests.Knowledge.Selection;
using Decant.Text.Data;
using Decant.Torch;

namespace Decant.Tests.Objectives.HiddenStates;

/// <summary>Loss and gradients against the released Marginal Utility code, by way of a running teacher.</summary>
public class HiddenStatesGoldenTests
{
    [SkippableFact]
    public void Losses_and_gradients_are_the_official_ones()
    {
        using Golden golden = Golden.Open("mud_select");
        var mud = new MudGolden(golden);
        int compared = 0;
        foreach ((int number, JsonElement @case) in mud.Cases)
        {
            using var scope = new TensorScope();
            HiddenStatesOptions options = Options(@case);
            Dictionary<int, Tensor> student = Student(golden, @case);
            Tensor loss = Loss(mud, golden, @case, options, student);
            golden.AssertClose($"out.{number}.rep_loss", loss);
            loss.Backward();
            foreach (int layer in MudGolden.Indices(@case, "s_layer_indices"))
                golden.AssertGradient($"grad.{number}.student_reps.{layer}", student[layer].Grad!);
            compared++;

            float[] terms = golden[$"out.{number}.terms"].ToArray<float>();
            int[] teachers = MudGolden.Indices(@case, "t_layer_indices"), students = MudGolden.Indices(@case, "s_layer_indices");
            for (int j = 0; j < terms.Length; j++)
            {
                var one = options with { Layers = LayerMapRule.Pairs(new LayerPair(students[j], teachers[j])) };
                Assert.Equal(terms[j], Loss(mud, golden, @case, one, student).ToScalar(), 1e-5 * Math.Abs(terms[j]) + 1e-6);
            }

            // The released code applies a static mask from its second step on; its first one compares all neurons.
            if (golden.Has($"out.{number}.rep_loss_step0"))
                golden.AssertClose($"out.{number}.rep_loss_step0", Loss(mud, golden, @case, options with { Neurons = NeuronSelection.All }, student));
        }
        Assert.Equal(12, compared);
    }

    [SkippableFact]
    public void Layer_maps_and_the_attention_that_ranks_are_the_official_ones()
    {
        using Golden golden = Golden.Open("mud_select");
        int compared = 0;
        foreach (JsonProperty map in golden.Scalars.GetProperty("layer_maps").EnumerateObject())
        {
            // student6/t_top8/keep7
            string[] parts = map.Name.Split('/');
            int layers = int.Parse(parts[0]["student".Length..]), keep = int.Parse(parts[2]["keep".Length..]);
            foreach (AttentionLayers attention in Enum.GetValues<AttentionLayers>())
            {
                using HiddenStatesObjective objective = Make(layers, 24, new()
                {
                    Layers = LayerMapRule.Parse($"{parts[1]} keep {keep}"), Tokens = TokenSelection.Attention(3), AttentionLayers = attention,
                });
                Assert.Equal(MudGolden.Indices(map.Value, "student"), objective.Map.Select(p => p.Student));
                Assert.Equal(MudGolden.Indices(map.Value, "teacher"), objective.Map.Select(p => p.Teacher));
                int[] ranks = MudGolden.Indices(map.Value, attention == AttentionLayers.Uniform ? "attention_ttop12" : "attention_own");
                Assert.Equal(objective.Map.Zip(ranks, (p, rank) => new HiddenStateRequest(p.Teacher, TokenSelection.Attention(3, layer: rank + 1))).ToHashSet(), [.. objective.Needs.HiddenStates]);
                compared++;
            }
        }
        Assert.True(compared >= 70, $"{compared} maps");
    }

    private static HiddenStatesOptions Options(JsonElement @case) => new()
    {
        Layers = LayerMapRule.Parse($"{@case.GetProperty("layer_scheme").GetString()} keep {@case.GetProperty("keep_layers").GetInt32()}"),
        Tokens = MudGolden.Tokens(@case),
        Neurons = MudGolden.Neurons(@case),
        AttentionLayers = @case.GetProperty("att_ttop12").GetBoolean() ? AttentionLayers.Uniform : AttentionLayers.Matching,
        MaskPadding = false,
    };

    private static Dictionary<int, Tensor> Student(Golden golden, JsonElement @case)
    {
        int layers = @case.GetProperty("student_layers").GetInt32();
        var states = Enumerable.Range(0, layers + 1).ToDictionary(l => l, l => golden[$"in.student_reps.{layers}.{l}"]);
        foreach (Tensor state in states.Values) state.RequiresGrad = true;
        return states;
    }

    private static Tensor Loss(MudGolden mud, Golden golden, JsonElement @case, HiddenStatesOptions options, Dictionary<int, Tensor> student)
    {
        using HiddenStatesObjective objective = Make(@case.GetProperty("student_layers").GetInt32(), mud.Hidden, options);
        using var teacher = new OnlineTeacher(new FixedModel(MudGolden.TeacherLayers, mud.Hidden, mud.Teacher), 2, separatorId: golden.Settings.GetProperty("sep_id").GetInt32());
        TrainingBatch batch = TrainingBatch.Create(mud.Batch());
        var output = new ModelOutput { Logits = Tensor.Zeros([mud.Rows, 2]), HiddenStates = student };
        return objective.Loss(new ObjectiveInputs(batch, output, teacher.Read(batch, objective.Needs), TaskKind.SingleLabel));
    }

    private static HiddenStatesObjective Make(int studentLayers, int hidden, HiddenStatesOptions options) =>
        new(options, Given.Setup(studentLayers, hidden, new TeacherShape(MudGolden.TeacherLayers, hidden, 2)));
}
