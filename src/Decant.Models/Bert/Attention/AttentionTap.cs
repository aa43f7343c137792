using Decant.Torch;

namespace Decant.Models.Bert.Attention;

/// <summary>Collects the attention of the layers that a request names.</summary>
internal readonly struct AttentionTap(OutputRequest request, int layer, Dictionary<int, Tensor> scores, Dictionary<int, Tensor> probabilities)
{
    /// <summary>Whether anything of the layer is asked for.</summary>
    public bool IsOpen => request.AttentionScores.Contains(layer) || request.AttentionProbabilities.Contains(layer);

    public void Take(Tensor layerScores, Tensor layerProbabilities, long batch, int heads)
    {
        if (request.AttentionScores.Contains(layer)) scores[layer] = PerHead(layerScores, batch, heads);
        if (request.AttentionProbabilities.Contains(layer)) probabilities[layer] = PerHead(layerProbabilities, batch, heads);
    }

    private static Tensor PerHead(Tensor t, long batch, int heads) => t.Reshape(batch, heads, t.Size(1), t.Size(2));
}
