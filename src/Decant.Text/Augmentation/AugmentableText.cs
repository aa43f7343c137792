namespace Decant.Text.Augmentation;

/// <summary>A text as words, with what some of them may be replaced by.</summary>
internal sealed class AugmentableText(string text, string[] words)
{
    /// <summary>The text as it was.</summary>
    public string Text { get; } = text;

    /// <summary>Its words, lower-cased where the tokenizer does so.</summary>
    public string[] Words { get; } = words;

    /// <summary>Candidates of a word; null where it is not replaced. Never empty.</summary>
    public IReadOnlyList<string>?[] Candidates { get; } = new IReadOnlyList<string>?[words.Length];

    /// <summary>
    /// The text, then the different sentences that <paramref name="copies"/> tries give: for each replaceable word a candidate is drawn, and with
    /// <paramref name="probability"/> it takes the word's place. Words are joined by blanks.
    /// </summary>
    public List<string> Augment(int copies, double probability, ref SplitMix64 random)
    {
        List<string> sentences = [Text];
        HashSet<string> seen = new(StringComparer.Ordinal) { Text };
        var sentence = new string[Words.Length];
        for (int copy = 0; copy < copies; copy++)
        {
            for (int w = 0; w < sentence.Length; w++)
            {
                sentence[w] = Words[w];
                if (Candidates[w] is not { } candidates) continue;
                string drawn = candidates[random.Next(candidates.Count)];
                if (random.NextDouble() < probability) sentence[w] = drawn;
            }
            string joined = string.Join(' ', sentence);
            if (seen.Add(joined)) sentences.Add(joined);
        }
        return sentences;
    }
}
