using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Decant.Models.Bert;

/// <summary>
/// What was cut off a BERT: heads and feed-forward neurons, a number for each layer, and the rank of its word table. None of it is
/// there in a plain BERT, whose file says nothing of it.
/// </summary>
public sealed partial record BertConfig
{
    /// <summary>Heads that were cut off, by layer, both from 0: <c>pruned_heads</c> as <c>transformers</c> writes it. Default: none.</summary>
    [JsonPropertyName("pruned_heads"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<int, ImmutableSortedSet<int>>? PrunedHeads { get; init; }

    /// <summary>Width of the feed-forward layer by layer, where layers differ (<c>decant_intermediate_sizes</c>). Default: all alike.</summary>
    [JsonPropertyName("decant_intermediate_sizes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? LayerIntermediateSizes { get; init; }

    /// <summary>
    /// Rank r of a word table in two factors, [vocabulary, r] × [r, hidden] (<c>emb_hidden_dim</c> in the released code of Marginal Utility, where −1 is none).
    /// Default: one table of full width.
    /// </summary>
    [JsonPropertyName("emb_hidden_dim"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EmbeddingRank { get; init; }

    /// <summary>Heads or neurons were cut off, or the word table is in two factors: <c>transformers</c> knows the first alone.</summary>
    [JsonIgnore]
    public bool IsPruned => PrunedHeads is { IsEmpty: false } || LayerIntermediateSizes is not null || EmbeddingRank is not null;

    /// <summary>Heads that a layer still has.</summary>
    /// <param name="layer">From 0.</param>
    public int HeadsOf(int layer) => Heads - (PrunedHeads?.GetValueOrDefault(layer)?.Count ?? 0);

    /// <summary>Width of a layer's feed-forward network.</summary>
    /// <param name="layer">From 0.</param>
    public int IntermediateSizeOf(int layer) => LayerIntermediateSizes?[layer] ?? IntermediateSize;

    /// <summary>The sizes of a model of some of the layers.</summary>
    /// <param name="layers">Layers to keep, from 0, in the new order.</param>
    public BertConfig WithLayers(IReadOnlyList<int> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return WithShapes([.. layers.Select(l => PrunedHeads?.GetValueOrDefault(l) ?? [])], [.. layers.Select(IntermediateSizeOf)]);
    }

    /// <summary>The sizes of a model whose layers have lost heads and neurons.</summary>
    /// <param name="prunedHeads">The heads that each layer has lost, counted as in the whole model.</param>
    /// <param name="intermediateSizes">Width of each layer's feed-forward network.</param>
    internal BertConfig WithShapes(IReadOnlyList<ImmutableSortedSet<int>> prunedHeads, IReadOnlyList<int> intermediateSizes)
    {
        var pruned = prunedHeads.Index().Where(layer => layer.Item.Count > 0).ToImmutableSortedDictionary(layer => layer.Index, layer => layer.Item);
        return this with
        {
            Layers = intermediateSizes.Count,
            PrunedHeads = pruned.IsEmpty && PrunedHeads is not { IsEmpty: true } ? null : pruned,
            IntermediateSize = intermediateSizes.Max(),
            LayerIntermediateSizes = intermediateSizes.Distinct().Count() == 1 ? null : intermediateSizes,
        };
    }

    private void ValidatePruning(string where)
    {
        foreach ((int layer, ImmutableSortedSet<int> heads) in PrunedHeads ?? ImmutableSortedDictionary<int, ImmutableSortedSet<int>>.Empty)
        {
            if (layer < 0 || layer >= Layers) throw new DecantException($"{where}: pruned_heads names layer {layer}; the model has the layers 0 to {Layers - 1}.");
            if (heads is null || heads.Any(h => h < 0 || h >= Heads)) throw new DecantException($"{where}: pruned_heads of layer {layer} must name heads from 0 to {Heads - 1}.");
            if (heads.Count == Heads) throw new DecantException($"{where}: pruned_heads leaves no head to layer {layer}; a layer needs one.");
        }
        if (LayerIntermediateSizes is { } sizes)
        {
            if (sizes.Count != Layers) throw new DecantException($"{where}: decant_intermediate_sizes has {sizes.Count} numbers for {Layers} layers.");
            if (sizes.Any(size => size < 1 || size > IntermediateSize))
                throw new DecantException($"{where}: decant_intermediate_sizes must be from 1 to intermediate_size {IntermediateSize}.");
        }
        if (EmbeddingRank is { } rank && (rank < 1 || rank > HiddenSize))
            throw new DecantException($"{where}: emb_hidden_dim is {rank}; it must be from 1 to hidden_size {HiddenSize}.");
    }
}
