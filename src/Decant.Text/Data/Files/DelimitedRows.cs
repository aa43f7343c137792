using System.Text;

namespace Decant.Text.Data.Files;

/// <summary>One row of a table.</summary>
/// <param name="Line">The line of the file it starts at, from 1.</param>
/// <param name="Fields">Its fields.</param>
internal readonly record struct Row(int Line, string[] Fields);

/// <summary>Splits lines into rows of fields. Empty lines are skipped.</summary>
internal static class DelimitedRows
{
    /// <summary>Splits at every separator: a <c>"</c> is an ordinary character, as GLUE's files need.</summary>
    public static IEnumerable<Row> Unquoted(IEnumerable<TextLine> lines, char separator)
    {
        foreach (TextLine line in lines)
            if (line.Text.Length > 0) yield return new Row(line.Number, line.Text.Split(separator));
    }

    /// <summary>
    /// Splits as RFC 4180 says: a field in quotes may hold separators, line ends (read as LF) and doubled quotes.
    /// </summary>
    public static IEnumerable<Row> Quoted(IEnumerable<TextLine> lines, char separator, string name)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        int opened = 0, firstLine = 0; // line of the quote that is still open; line where the row starts
        foreach (TextLine line in lines)
        {
            if (opened == 0)
            {
                if (line.Text.Length == 0) continue;
                firstLine = line.Number;
            }
            else
            {
                field.Append('\n');
            }
            opened = Split(line, separator, name, fields, field, opened);
            if (opened != 0) continue;
            yield return new Row(firstLine, [.. fields]);
            fields.Clear();
        }
        if (opened != 0)
            throw new DecantException($"{name}: line {opened}: a quote (\") is opened and never closed. Close it, or double it (\"\") if it belongs to the text.");
    }

    // Returns the line of a quote that is still open at the end of this line, or 0.
    private static int Split(TextLine line, char separator, string name, List<string> fields, StringBuilder field, int opened)
    {
        string text = line.Text;
        for (int at = 0; ;)
        {
            if (opened == 0 && at < text.Length && text[at] == '"') (opened, at) = (line.Number, at + 1);
            if (opened == 0)
            {
                int end = text.IndexOf(separator, at);
                fields.Add(end < 0 ? text[at..] : text[at..end]);
                if (end < 0) return 0;
                at = end + 1;
                continue;
            }
            int quote = text.IndexOf('"', at);
            field.Append(text, at, (quote < 0 ? text.Length : quote) - at);
            if (quote < 0) return opened;
            at = quote + 1;
            if (at < text.Length && text[at] == '"')
            {
                field.Append('"');
                at++;
                continue;
            }
            if (at < text.Length && text[at] != separator)
                throw new DecantException(
                    $"{name}: line {line.Number}: '{text[at]}' follows a closing quote at column {at + 1}. Double the quotes (\"\") that belong to the text.");
            fields.Add(field.ToString());
            field.Clear();
            opened = 0;
            if (at == text.Length) return 0;
            at++;
        }
    }
}
