using Decant.Text.Tokenization;

namespace Decant.Text.Augmentation;

/// <summary>
/// Finds what each word of a text may be replaced by, many texts at once: for a word of one piece what a masked language model says in its place, for
/// one of several its neighbours among word vectors. Only words of the letters a to z that are no stop words are replaced.
/// </summary>
internal sealed class CandidateFinder(WordPieceTokenizer tokenizer, IMaskedWordModel model, WordVectors? vectors, int count)
{
    private const int OfficialMaxLength = 512;

    private readonly int _maxLength = Math.Min(OfficialMaxLength, model.MaxLength);

    /// <summary>The words of each text with their candidates.</summary>
    public AugmentableText[] Find(IReadOnlyList<string> texts, CancellationToken stop)
    {
        var found = new AugmentableText[texts.Count];
        var queries = new List<MaskedQuery>();
        var asked = new List<(int Text, int Word)>();
        var lookUps = new List<(int Text, int Word)>();
        for (int t = 0; t < found.Length; t++)
        {
            IReadOnlyList<TokenizedWord> words = tokenizer.Words(texts[t]);
            found[t] = new AugmentableText(texts[t], [.. words.Select(w => w.Text)]);
            int[] ids = [.. words.SelectMany(w => w.Ids)];
            for (int w = 0, at = 1; w < words.Count; at += words[w++].Ids.Length)
            {
                if (!IsReplaceable(words[w].Text)) continue;
                found[t].Candidates[w] = [words[w].Text]; // where nothing else is found
                if (words[w].Ids.Length > 1) lookUps.Add((t, w));
                else if (at < _maxLength)
                {
                    queries.Add(Query(ids, at));
                    asked.Add((t, w));
                }
            }
        }
        Parallel.ForEach(lookUps, place => Offer(found, place, vectors?.Nearest(found[place.Text].Words[place.Word], count) ?? []));
        int[][] answers = model.Predict(queries, count, stop);
        for (int q = 0; q < answers.Length; q++)
            Offer(found, asked[q], [.. answers[q].Select(id => tokenizer.Vocabulary[id]).Where(p => !p.StartsWith(Vocabulary.ContinuationPrefix, StringComparison.Ordinal))]);
        return found;
    }

    internal static bool IsReplaceable(string word) => word.Length > 0 && word.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0 && !StopWords.All.Contains(word);

    private static void Offer(AugmentableText[] found, (int Text, int Word) place, IReadOnlyList<string> candidates)
    {
        if (candidates.Count > 0) found[place.Text].Candidates[place.Word] = candidates;
    }

    private MaskedQuery Query(int[] ids, int position)
    {
        var sequence = new int[2 * ids.Length + 3];
        int first = ids.Length + 2, separator = tokenizer.Vocabulary.SeparatorId;
        sequence[0] = tokenizer.Vocabulary.ClassificationId;
        ids.CopyTo(sequence, 1);
        sequence[position] = tokenizer.Vocabulary.MaskId;
        sequence[first - 1] = separator;
        ids.CopyTo(sequence, first);
        sequence[^1] = separator;
        return sequence.Length <= _maxLength
            ? new MaskedQuery(sequence, first, position)
            : new MaskedQuery(sequence[.._maxLength], Math.Min(first, _maxLength), position);
    }
}
