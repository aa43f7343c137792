using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Decant.Models.Bert;

/// <summary>
/// Reads what the released code of ROSITA and Marginal Utility Diminishes writes for a pruned student: <c>prun_hidden_size</c>, the width of
/// all heads that are left, with as many <c>num_attention_heads</c>, and <c>prun_intermediate_size</c>.
/// </summary>
internal static class OfficialPruning
{
    private const string AttentionWidth = "prun_hidden_size", IntermediateSize = "prun_intermediate_size";

    /// <summary>The same sizes in the form of <c>transformers</c>; a configuration without these fields as it is.</summary>
    public static BertConfig Translate(BertConfig config, string where)
    {
        if (config.EmbeddingRank == -1) config = config with { EmbeddingRank = null };
        if (config.Other is not { } fields || !fields.ContainsKey(AttentionWidth) && !fields.ContainsKey(IntermediateSize)) return config;
        int width = Size(fields, AttentionWidth, config.HiddenSize), inner = Size(fields, IntermediateSize, config.IntermediateSize);
        int kept = config.Heads, headSize = kept > 0 ? width / kept : 0;
        if (headSize < 1 || width % kept != 0 || config.HiddenSize % headSize != 0 || width > config.HiddenSize)
            throw new DecantException($"{where}: {AttentionWidth} {width} and num_attention_heads {kept} do not make heads of a BERT of hidden_size {config.HiddenSize}.");
        JsonObject others = fields.DeepClone().AsObject();
        others.Remove(AttentionWidth);
        others.Remove(IntermediateSize);
        int heads = config.HiddenSize / headSize;
        BertConfig whole = config with { Heads = heads, Other = others };
        // Which heads they were is not told, and does not matter to what is computed.
        ImmutableSortedSet<int> lost = [.. Enumerable.Range(kept, heads - kept)];
        return whole.WithShapes([.. Enumerable.Repeat(lost, Math.Max(1, config.Layers))], [.. Enumerable.Repeat(inner, Math.Max(1, config.Layers))]) with { Layers = config.Layers };
    }

    private static int Size(JsonObject fields, string name, int whole) => fields[name] is { } value && value.GetValue<int>() is var size and not -1 ? size : whole;
}
