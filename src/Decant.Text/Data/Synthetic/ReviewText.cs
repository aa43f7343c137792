using System.Text;

namespace Decant.Text.Data.Synthetic;

/// <summary>Turns the writer's lower-case sentences into text with capitals and stops.</summary>
internal static class ReviewText
{
    private static readonly HashSet<string> Names = [.. ReviewLexicon.People.Where(p => !p.Name.Contains(' ')).Select(p => p.Name)
        .Concat(ReviewLexicon.Cities).Concat(ReviewLexicon.Months).Concat(ReviewLexicon.Days)];

    public static string Join(IEnumerable<string> sentences)
    {
        var text = new StringBuilder();
        foreach (string sentence in sentences)
        {
            bool first = true;
            foreach (string word in sentence.Split(' '))
            {
                if (text.Length > 0 && word != ",") text.Append(' ');
                text.Append(first || word == "i" || Names.Contains(word) ? Capital(word) : word);
                first = false;
            }
            text.Append('.');
        }
        return text.ToString();
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
