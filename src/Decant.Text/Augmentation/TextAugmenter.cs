using Decant.Text.Tokenization;

namespace Decant.Text.Augmentation;

/// <summary>
/// TinyBERT's data augmentation (Jiao et al. 2020), as its released code does it: each text becomes itself and up to N sentences in which words are
/// replaced by others that fit. The choices for a row depend on the seed and the row's number alone.
/// </summary>
/// <param name="tokenizer">The language model's.</param>
/// <param name="model">Fills in masks.</param>
/// <param name="vectors">Neighbours of words of several pieces; null leaves these words as they are.</param>
/// <param name="options">How much is replaced.</param>
public sealed class TextAugmenter(WordPieceTokenizer tokenizer, IMaskedWordModel model, WordVectors? vectors, AugmentationOptions options)
{
    private const ulong Purpose = 0x6175676D656E74; // "augment"

    private readonly CandidateFinder _finder = new(tokenizer, model, vectors, options.Candidates);

    /// <summary>
    /// Augments rows. A row of one text becomes itself and its new sentences. A row of two becomes those of the first text with the second as it is, and
    /// then those of the second text with the last of the first: so the released code does it.
    /// </summary>
    /// <param name="rows">One or two texts each.</param>
    /// <param name="firstRow">Number of the first row.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>For each row the rows that it becomes, the row itself first.</returns>
    public IReadOnlyList<string[]>[] Augment(IReadOnlyList<string[]> rows, long firstRow, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[] texts = [.. rows.SelectMany(row => row).Distinct(StringComparer.Ordinal)];
        Dictionary<string, AugmentableText> found = _finder.Find(texts, stop).ToDictionary(text => text.Text, StringComparer.Ordinal);
        var augmented = new IReadOnlyList<string[]>[rows.Count];
        for (int r = 0; r < augmented.Length; r++)
        {
            var row = (string[])rows[r].Clone();
            var made = new List<string[]>();
            for (int column = 0; column < row.Length; column++)
            {
                SplitMix64 random = SplitMix64.For(options.Seed, Purpose, 2 * (firstRow + r) + column);
                foreach (string sentence in found[row[column]].Augment(options.Copies, options.Probability, ref random))
                {
                    row[column] = sentence;
                    made.Add((string[])row.Clone());
                }
            }
            augmented[r] = made;
        }
        return augmented;
    }
}
