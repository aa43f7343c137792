using System.Text.RegularExpressions;
using Decant.Text.Data.Synthetic;

namespace Decant.Text.Tests.Data.Synthetic;

/// <summary>
/// Understands a synthetic review from its text alone, by rules of its own: who holds what of which part, and how the
/// author's view went on. It shares nothing with the writers but the lists of words.
/// </summary>
internal sealed class ReviewReader
{
    private static readonly string Person = $"(?:{string.Join('|', ReviewLexicon.People.Select(p => p.Name))})";
    private static readonly string Negator = $"(?:{string.Join('|', ReviewLexicon.Negators)}|do not|would not)";
    private static readonly string When =
        $"(?:by (?:{string.Join('|', ReviewLexicon.Months)})|on (?:{string.Join('|', ReviewLexicon.Days)})|(?:{string.Join('|', ReviewLexicon.Numbers)}) days later|then|a week later|after some time)";

    private readonly Dictionary<(string Who, string Part), Func<bool>> _views = [];
    private readonly List<Func<bool, bool>> _turns = [];
    private string _topic = "";

    /// <summary>True if the author thinks well of the part that is asked about.</summary>
    public static bool Read(string text)
    {
        Regex.CacheSize = 64;
        var reader = new ReviewReader();
        foreach (string sentence in text.ToLowerInvariant().TrimEnd('.').Split(". ")) reader.Understand(sentence);
        try
        {
            return reader._turns.Aggregate(reader._views[("i", reader._topic)](), (view, turn) => turn(view));
        }
        catch (KeyNotFoundException e)
        {
            throw new FormatException($"Nothing settles the view: {text}", e);
        }
    }

    private void Understand(string s)
    {
        if (Is(s, @"^(?:you asked about|this is about|my subject is|i write about|the question was how i like) the (\w+)( of (the|my|this) \w+)?$") is { } topic) _topic = topic[1];
        else if (Is(s, $"^{When} (.+)$") is { } later) _turns.Add(Turn(later[1]));
        else if (Is(s, @"^(i hoped|i expected|with more care|for another price|i wondered whether) ") is not null) return;
        else if (Is(s, @"^the (\w+) is just like the (\w+)$|^i think of the (\w+) as i do of the (\w+)$") is { } like) Link(like, same: true);
        else if (Is(s, @"^the (\w+) is the opposite of the (\w+)$|^i think the contrary of the (\w+) and of the (\w+)$") is { } unlike) Link(unlike, same: false);
        else if (Is(s, $"^(i|{Person}) (agrees? with|share the opinion of|disagrees? with|reject the opinion of) ({Person}) (?:about|on) the (\\w+)$") is { } sides)
            _views[(sides[1], sides[4])] = () => _views[(sides[3], sides[4])]() == sides[2][0] is 'a' or 's';
        else if (Is(s, $"^{Person} is (right|correct|wrong|mistaken) (?:to call|when s?he says) the (\\w+) (.+)$") is { } judged)
            Hold("i", judged[2], Side(judged[3]) == (judged[1] is "right" or "correct"));
        else if (Is(s, $"^(?:({Person}) (?:calls|finds|says)|according to ({Person})) the (\\w+) ([^,]+)(?:, (?:and|but) s?he is (\\w+))?$") is { } said)
        {
            if (said[5] == "") Hold(said[1] + said[2], said[3], Side(said[4]));
            else Hold("i", said[3], Side(said[4]) == said[5] is "right" or "correct");
        }
        else Own(s);
    }

    // What the author says without anybody's help.
    private void Own(string s)
    {
        string part = Is(s, @"\bthe (\w+)")?[1] ?? throw new FormatException(s);
        if (Is(s, @"(better|worse) than the \w+ one before it") is { } than)
            Hold("i", part, than[1] == "better" != s.Contains(" no ", StringComparison.Ordinal));
        else if (Is(s, "^although [^,]+, (.+)$|, (?:but|yet) (.+)$|^(.+), although ") is { } main)
            Hold("i", part, Side(main[1] + main[2] + main[3]));
        else
            Hold("i", part, Side(s));
    }

    // The word of feeling, turned by every word that negates.
    private static bool Side(string clause)
    {
        string[] words = clause.Split(' ', ',');
        bool good = words.Any(w => ReviewLexicon.Good.Contains(w) || ReviewLexicon.Likes.Contains(w));
        if (good == words.Any(w => ReviewLexicon.Bad.Contains(w) || ReviewLexicon.Dislikes.Contains(w))) throw new FormatException(clause);
        int turns = Regex.Count(clause, $@"\b(?:{Negator}|nobody|wrong)\b");
        return good == (turns % 2 == 0);
    }

    private static Func<bool, bool> Turn(string s)
    {
        if (Is(s, @"^i found the \w+ (.+)$") is { } anew) return _ => Side(anew[1]);
        if (Is(s, "changed my mind|the other way|had turned|took that back|the contrary") is not null) return view => !view;
        if (Is(s, "still thought so|the same|not changed|stood by that|felt as before") is not null) return view => view;
        throw new FormatException(s);
    }

    private void Link(string[] match, bool same)
    {
        (string part, string other) = match[1] != "" ? (match[1], match[2]) : (match[3], match[4]);
        _views[("i", part)] = () => _views[("i", other)]() == same;
    }

    // One opinion a person and part: a second would leave the label open.
    private void Hold(string who, string part, bool good) => _views.Add((who, part), () => good);

    private static string[]? Is(string s, string pattern)
    {
        Match match = Regex.Match(s, pattern);
        return match.Success ? [.. match.Groups.Values.Select(g => g.Value.Trim())] : null;
    }
}
