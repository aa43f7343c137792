using System.Text.Json;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Selection;

/// <summary>The inputs of the golden that the released Marginal Utility code made: a teacher of 12 layers as plain tensors.</summary>
internal sealed class MudGolden(Golden golden)
{
    public const int TeacherLayers = 12;

    public int Hidden { get; } = golden.Settings.GetProperty("Ht").GetInt32();

    public int Rows { get; } = golden.Settings.GetProperty("B").GetInt32();

    public int Length { get; } = golden.Settings.GetProperty("T").GetInt32();

    public IEnumerable<(int Number, JsonElement Case)> Cases => golden.Settings.GetProperty("cases").EnumerateArray().Select((c, i) => (i, c));

    public ModelOutput Teacher() => new()
    {
        Logits = Tensor.Zeros([Rows, 2]),
        HiddenStates = Enumerable.Range(0, TeacherLayers + 1).ToDictionary(l => l, l => golden[$"in.teacher_reps.{l}"]),
        ClsStates = Enumerable.Range(0, TeacherLayers + 1).ToDictionary(l => l, l => golden[$"in.teacher_reps.{l}"].Select(1, 0)),
        AttentionScores = Enumerable.Range(1, TeacherLayers).ToDictionary(l => l, l => golden[$"in.teacher_atts.{l}"]),
        AttentionProbabilities = Enumerable.Range(1, TeacherLayers).ToDictionary(l => l, l => golden[$"in.teacher_atts.{l}"].Softmax()),
    };

    public TokenBatch Batch() => new()
    {
        Examples = Rows, Choices = 1, Length = Length,
        InputIds = golden.Ints("in.input_ids"), TokenTypeIds = golden.Ints("in.token_type_ids"),
        Lengths = [.. golden.Settings.GetProperty("lens").EnumerateArray().Select(l => l.GetInt32())],
        ExampleIndices = [.. Enumerable.Range(0, Rows)], ExampleIds = [.. Enumerable.Range(0, Rows).Select(e => $"{e}")],
        ClassLabels = new int[Rows],
    };

    public SelectionSource Source() => new(Teacher(), Batch(), golden.Settings.GetProperty("sep_id").GetInt32());

    public static TokenSelection Tokens(JsonElement @case)
    {
        int? count = @case.GetProperty("keep_tokens").ValueKind == JsonValueKind.Null ? null : @case.GetProperty("keep_tokens").GetInt32();
        return @case.GetProperty("token_scheme").GetString() switch
        {
            "none" => TokenSelection.All,
            "left_first" => TokenSelection.LeftFirst(count!.Value),
            "attention" => TokenSelection.Attention(count!.Value),
            "attention_no_sep" => TokenSelection.Attention(count!.Value, withoutSeparators: true),
            var other => throw new InvalidOperationException(other),
        };
    }

    public static NeuronSelection Neurons(JsonElement @case)
    {
        double share = @case.GetProperty("keep_hidden").GetDouble();
        return @case.GetProperty("hidden_scheme").GetString() switch
        {
            "none" => NeuronSelection.All,
            "uniform_mask" => NeuronSelection.Uniform(share),
            "importance_mask_dynamic" => NeuronSelection.Magnitude(share, MagnitudeScope.Batch),
            var other => throw new InvalidOperationException(other),
        };
    }

    public static int[] Indices(JsonElement @case, string name) => [.. @case.GetProperty(name).EnumerateArray().Select(l => l.GetInt32())];
}
