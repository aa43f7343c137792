using Decant.Text.Batching;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Distillation.Objectives.MaskedLanguageModel;

/// <summary>
/// Hides word pieces of a batch as BERT's pre-training does (Devlin et al. 2019, section 3.1): each with a chance of its own; of the chosen ones 80 %
/// become [MASK], 10 % any other piece and 10 % stay as they are. [CLS], [SEP] and padding are never chosen.
/// </summary>
/// <param name="vocabulary">The vocabulary; it must have a [MASK].</param>
/// <param name="probability">Chance that a piece is chosen, above 0 up to 1.</param>
public sealed class TokenMasker(Vocabulary vocabulary, double probability)
{
    private const double Masked = 0.8, Replaced = 0.9;
    private readonly int mask = vocabulary.MaskId;

    /// <summary>Hides pieces in place. One is hidden at least where there is any.</summary>
    /// <param name="batch">Its ids are changed.</param>
    /// <param name="random">Chooses.</param>
    /// <returns>Where in the batch's arrays pieces were chosen, and what they were.</returns>
    public (int[] Places, int[] Pieces) Mask(TokenBatch batch, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        int[] words = [.. Words(batch)];
        int[] places = [.. words.Where(_ => random.NextDouble() < probability)];
        if (places.Length == 0 && words.Length > 0) places = [words[random.Next(words.Length)]];
        int[] pieces = [.. places.Select(place => batch.InputIds[place])];
        foreach (int place in places) batch.InputIds[place] = Hidden(batch.InputIds[place], random);
        return (places, pieces);
    }

    private IEnumerable<int> Words(TokenBatch batch)
    {
        for (int row = 0; row < batch.Sequences; row++)
            for (int place = row * batch.Length, end = place + batch.Lengths[row]; place < end; place++)
                if (batch.InputIds[place] != vocabulary.ClassificationId && batch.InputIds[place] != vocabulary.SeparatorId) yield return place;
    }

    private int Hidden(int piece, RandomStream random) => random.NextDouble() switch
    {
        < Masked => mask,
        < Replaced => random.Next(vocabulary.Count),
        _ => piece,
    };
}
