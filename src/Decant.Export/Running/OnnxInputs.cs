using Decant.Export.Onnx;
using Decant.Models;
using Decant.Torch;

namespace Decant.Export.Running;

/// <summary>A batch as the inputs of a graph: <c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c>.</summary>
internal static class OnnxInputs
{
    /// <summary>Token ids.</summary>
    public const string Ids = "input_ids";

    /// <summary>1 for real tokens, 0 for padding.</summary>
    public const string Mask = "attention_mask";

    /// <summary>Segment ids.</summary>
    public const string Types = "token_type_ids";

    /// <summary>The inputs; the innermost scope owns what is made.</summary>
    /// <param name="input">[sequences, tokens]</param>
    /// <param name="choices">Sequences per example where the graph wants [examples, choices, tokens]; otherwise 1.</param>
    /// <param name="graph">The graph, which says whether it wants choices.</param>
    public static Dictionary<string, Tensor> Of(ModelInput input, int choices, OnnxModel graph)
    {
        Tensor mask = input.AttentionMask is { } real ? real.To(DType.Int64) : Tensor.Full([input.Batch, input.Tokens], 1, DType.Int64);
        bool hasChoices = graph.Inputs.Any(i => i.Name == Ids && i.Axes.Count == 3);
        Tensor Shaped(Tensor t) => hasChoices ? t.Reshape(input.Batch / choices, choices, input.Tokens) : t;
        return new() { [Ids] = Shaped(input.InputIds), [Mask] = Shaped(mask), [Types] = Shaped(input.TokenTypeIds) };
    }
}
