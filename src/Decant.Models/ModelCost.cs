using Decant.Models.Bert;

namespace Decant.Models;

/// <summary>What a forward pass costs, counted from the sizes.</summary>
public static class ModelCost
{
    /// <summary>
    /// Floating-point operations of one sequence through all layers: two for each multiplication and addition of matrix products,
    /// attention included; embeddings, normalisation and head left out, as in the published figures (BERT-base at 128 tokens: 22.35 G).
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <param name="tokens">Tokens of the sequence.</param>
    public static double Flops(BertConfig config, int tokens)
    {
        double hidden = config.HiddenSize, perToken = 0;
        for (int layer = 0; layer < config.Layers; layer++)
        {
            double attention = config.HeadsOf(layer) * config.HeadSize, inner = config.IntermediateSizeOf(layer);
            perToken += 4 * hidden * attention + 2 * hidden * inner + 2.0 * tokens * attention;
        }
        return 2 * perToken * tokens;
    }
}
