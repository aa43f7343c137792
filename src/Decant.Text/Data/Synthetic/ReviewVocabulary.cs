using static Decant.Text.Data.Synthetic.ReviewLexicon;

namespace Decant.Text.Data.Synthetic;

/// <summary>The WordPiece vocabulary of the synthetic reviews.</summary>
internal static class ReviewVocabulary
{
    // Every word of the writers' phrases that no list of the lexicon holds.
    private const string FunctionWords =
        "about according after agree agrees although and another as asked at back be been before better call calls " +
        "came can care changed contrary correct could days disagree disagrees do even expected family felt finds " +
        "first for found had has have he hoped how in is it just later might mind mistaken more nobody of on one " +
        "opinion opposite other price question reject right same saw say says share she some still stood subject " +
        "than that them then think this thought time to took true turned waited was way week when whether with " +
        "wondered worse would write wrong yet you";

    /// <summary>
    /// Special tokens, punctuation, the words in ordinal order, then letters and digits at the start of a word and
    /// inside it, so that any lower-case English word can be spelt.
    /// </summary>
    public static IReadOnlyList<string> Pieces { get; } = Make();

    private static string[] Make()
    {
        string letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        IEnumerable<string> words = Things.SelectMany(t => t.Parts.Append(t.Name))
            .Concat(Good).Concat(Bad).Concat(Likes).Concat(Dislikes).Concat(Intensifiers).Concat(Seems)
            .Concat(Months).Concat(Cities).Concat(Days).Concat(Numbers)
            .Concat(Negators.Concat(People.Select(p => p.Name)).Append(FunctionWords).SelectMany(p => p.Split(' ')));
        return
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
            .. ".,!?;:'\"()-".Select(c => c.ToString()),
            .. words.Where(w => w.Length > 1).Distinct().Order(StringComparer.Ordinal),
            .. letters.Select(c => c.ToString()),
            .. letters.Select(c => $"##{c}"),
        ];
    }
}
