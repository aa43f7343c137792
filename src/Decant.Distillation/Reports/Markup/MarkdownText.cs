using System.Text;

namespace Decant.Distillation.Reports.Markup;

/// <summary>Makes any text safe inside Markdown (GitHub's dialect).</summary>
internal static class MarkdownText
{
    /// <summary>One line of plain text: nothing in it formats, links, breaks a table or becomes HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in OneLine(text))
        {
            if (c is '\\' or '|' or '*' or '_' or '`' or '[' or ']' or '~' or '$') escaped.Append('\\');
            escaped.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => c.ToString() });
        }
        return escaped.ToString();
    }

    /// <summary>Code on one line, inside as many backticks as it takes.</summary>
    public static string Code(string text)
    {
        string line = OneLine(text), fence = new('`', LongestRun(line) + 1);
        return line.StartsWith('`') || line.EndsWith('`') ? $"{fence} {line} {fence}" : fence + line + fence;
    }

    /// <summary>A block of code, fenced by as many backticks as it takes. Ends with a line end.</summary>
    public static string Block(string text, string language)
    {
        string fence = new('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}{language}\n{text.ReplaceLineEndings("\n").TrimEnd('\n')}\n{fence}\n";
    }

    /// <summary>The text with control characters, line ends among them, turned into spaces.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (char c in text) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return longest;
    }
}
