using System.Text;

namespace Decant.Cli.Tests;

/// <summary>Cuts a line into words as a shell does: blanks separate, single quotes hold together.</summary>
internal static class ShellWords
{
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        bool isQuoted = false, hasWord = false;
        foreach (char c in line)
        {
            if (c == '\'') (isQuoted, hasWord) = (!isQuoted, true);
            else if (c == ' ' && !isQuoted)
            {
                if (hasWord) words.Add(word.ToString());
                word.Clear();
                hasWord = false;
            }
            else
            {
                word.Append(c);
                hasWord = true;
            }
        }
        if (hasWord) words.Add(word.ToString());
        return words;
    }
}
