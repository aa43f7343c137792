using System.Collections.Immutable;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Models.Pruning;

/// <summary>Makes a smaller classifier of what a plan keeps of a larger one: the weights are those of the larger, in their order.</summary>
public static class ModelCutter
{
    private const string Layer = "bert.encoder.layer.", Table = "bert.embeddings.word_embeddings.weight",
        Words = "bert.embeddings.word_embeddings1.weight", Projection = "bert.embeddings.word_embeddings2.weight";

    /// <summary>Cuts.</summary>
    /// <param name="source">The larger model, on the CPU; it stays as it is.</param>
    /// <param name="plan">What is kept.</param>
    /// <returns>The smaller model; the caller disposes it.</returns>
    /// <exception cref="DecantException">The plan keeps what is not there, or leaves a layer without heads or neurons.</exception>
    public static BertClassifier Cut(BertClassifier source, PruningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(plan);
        Check(source.Config, plan);
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        var cut = new BertClassifier(ConfigOf(source.Config, plan), source.Outputs, Initializer.Empty, source.Head);
        Dictionary<string, Tensor> weights = source.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        AddFactors(weights, source.Config, plan);
        foreach ((string name, Tensor parameter) in cut.NamedParameters())
            parameter.CopyFrom(name.StartsWith(Layer, StringComparison.Ordinal) ? OfLayer(name, weights, source.Config, plan) : weights[name]);
        return cut;
    }

    private static BertConfig ConfigOf(BertConfig config, PruningPlan plan)
    {
        ImmutableSortedSet<int> Lost(int layer, int[] kept)
        {
            int[] present = [.. Enumerable.Range(0, config.Heads).Except(config.PrunedHeads?.GetValueOrDefault(layer) ?? [])];
            return [.. Enumerable.Range(0, config.Heads).Except(kept.Select(head => present[head]))];
        }
        return config.WithShapes([.. plan.Layers.Zip(plan.Heads, Lost)], [.. plan.Neurons.Select(n => n.Length)])
            with { EmbeddingRank = plan.EmbeddingRank ?? config.EmbeddingRank };
    }

    private static void AddFactors(Dictionary<string, Tensor> weights, BertConfig config, PruningPlan plan)
    {
        if (plan.EmbeddingRank is not { } rank || rank == config.EmbeddingRank) return;
        Tensor table = config.EmbeddingRank is null ? weights[Table] : weights[Words].Linear(weights[Projection]);
        (weights[Words], weights[Projection]) = EmbeddingFactors.Of(table, rank);
    }

    private static Tensor OfLayer(string name, Dictionary<string, Tensor> weights, BertConfig config, PruningPlan plan)
    {
        int dot = name.IndexOf('.', Layer.Length);
        int layer = int.Parse(name.AsSpan(Layer.Length, dot - Layer.Length), System.Globalization.CultureInfo.InvariantCulture);
        Tensor whole = weights[$"{Layer}{plan.Layers[layer]}{name[dot..]}"];
        return name[(dot + 1)..] switch
        {
            var n when n.StartsWith("attention.self.", StringComparison.Ordinal) => Take(whole, 0, Columns(plan.Heads[layer], config.HeadSize)),
            "attention.output.dense.weight" => Take(whole, 1, Columns(plan.Heads[layer], config.HeadSize)),
            var n when n.StartsWith("intermediate.dense.", StringComparison.Ordinal) => Take(whole, 0, plan.Neurons[layer]),
            "output.dense.weight" => Take(whole, 1, plan.Neurons[layer]),
            _ => whole,
        };
    }

    private static Tensor Take(Tensor whole, long dim, int[] indices) => whole.IndexSelect(dim, Tensor.From(indices, indices.Length).To(DType.Int64));

    private static int[] Columns(int[] heads, int headSize) => [.. heads.SelectMany(h => Enumerable.Range(h * headSize, headSize))];

    private static void Check(BertConfig config, PruningPlan plan)
    {
        if (plan.Layers.Count == 0) throw new DecantException("A student needs at least one layer.");
        for (int l = 0; l < plan.Layers.Count; l++)
        {
            int from = plan.Layers[l];
            if (from < 0 || from >= config.Layers) throw new DecantException($"The model has the layers 0 to {config.Layers - 1}; layer {from} cannot be kept.");
            CheckParts("heads", plan.Heads[l], config.HeadsOf(from), from);
            CheckParts("neurons", plan.Neurons[l], config.IntermediateSizeOf(from), from);
        }
    }

    private static void CheckParts(string what, int[] kept, int present, int layer)
    {
        if (kept.Length == 0) throw new DecantException($"Layer {layer} would be left without {what}; it needs at least one.");
        if (kept[0] < 0 || kept[^1] >= present || kept.Zip(kept.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new DecantException($"The {what} that layer {layer} keeps must rise from 0 to at most {present - 1}.");
    }
}
