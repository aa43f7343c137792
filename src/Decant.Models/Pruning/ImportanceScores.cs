namespace Decant.Models.Pruning;

/// <summary>How much the loss depends on each head and each feed-forward neuron, to first order; only the order of the numbers counts.</summary>
/// <param name="Heads">[layer][head], none below 0.</param>
/// <param name="Neurons">[layer][neuron], none below 0.</param>
public sealed record ImportanceScores(IReadOnlyList<double[]> Heads, IReadOnlyList<double[]> Neurons)
{
    /// <summary>Chooses what to keep.</summary>
    /// <param name="layers">Layers that are kept, from 0.</param>
    /// <param name="heads">Heads a layer keeps (on average, where <paramref name="scope"/> is the whole model); null keeps all.</param>
    /// <param name="neurons">Feed-forward neurons a layer keeps, likewise; null keeps all.</param>
    /// <param name="scope">Where the least important are looked for.</param>
    /// <param name="embeddingRank">Rank of the word table; null keeps it as it is.</param>
    public PruningPlan Select(IReadOnlyList<int> layers, int? heads, int? neurons, PruningScope scope = PruningScope.Layer, int? embeddingRank = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return new PruningPlan
        {
            Layers = layers,
            Heads = Keep([.. layers.Select(l => Heads[l])], heads, scope),
            Neurons = Keep([.. layers.Select(l => Neurons[l])], neurons, scope),
            EmbeddingRank = embeddingRank,
        };
    }

    private static int[][] Keep(double[][] scores, int? count, PruningScope scope)
    {
        if (count is not { } each) return [.. scores.Select(layer => Enumerable.Range(0, layer.Length).ToArray())];
        return scope == PruningScope.Layer ? [.. scores.Select(layer => Best(layer, each))] : KeepAmongAll(scores, each);
    }

    private static int[][] KeepAmongAll(double[][] scores, int each)
    {
        long budget = Math.Min((long)each * scores.Length, scores.Sum(layer => (long)layer.Length));
        // The best of every layer stays, so that no layer is left with nothing.
        HashSet<(int Layer, int Part)> kept = [.. scores.Select((layer, l) => (l, Best(layer, 1)[0]))];
        var ranked = scores.SelectMany((layer, l) => Normalized(layer).Select((score, part) => (Score: score, Layer: l, Part: part)))
            .OrderByDescending(s => s.Score).ThenBy(s => s.Layer).ThenBy(s => s.Part);
        foreach ((_, int layer, int part) in ranked)
        {
            if (kept.Count >= budget) break;
            kept.Add((layer, part));
        }
        return [.. scores.Select((_, l) => kept.Where(k => k.Layer == l).Select(k => k.Part).Order().ToArray())];
    }

    private static IEnumerable<double> Normalized(double[] scores)
    {
        double norm = Math.Sqrt(scores.Sum(s => s * s));
        return scores.Select(s => norm > 0 ? s / norm : 0);
    }

    // Of equals the first stays.
    private static int[] Best(double[] scores, int count) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count).Order()];
}
