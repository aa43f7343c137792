using System.Text;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>Writes text as a YAML scalar.</summary>
internal static class YamlText
{
    private const int MostShown = 80;

    /// <summary>The text on one line, cut where it is too long for an error.</summary>
    internal static string Shorten(string text)
    {
        string line = string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > MostShown ? line + "…" : line;
    }

    /// <summary>The text bare where that is safe anywhere in YAML, else in double quotes.</summary>
    internal static string Quote(string text)
    {
        bool plain = text.Length > 0 && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.')
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ' ') && text[^1] != ' '
            && text is not ("null" or "Null" or "NULL" or "...");
        if (plain) return text;
        StringBuilder quoted = new("\"");
        foreach (char c in EnvironmentText.Escape(text))
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u0085' => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
