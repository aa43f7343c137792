using System.Text;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Tables;

/// <summary>One cell of a <see cref="TextTable"/>.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsBest">Whether to mark it as the best of its column.</param>
public readonly record struct TextCell(string Text, bool IsBest = false);

/// <summary>Rows and columns of text that can be printed as Markdown or as aligned lines. The first column is a name; the others are figures, aligned to the right.</summary>
/// <param name="Headers">One a column, at least one.</param>
/// <param name="Rows">As many cells a row as there are headers.</param>
public sealed record TextTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<TextCell>> Rows)
{
    /// <summary>A Markdown table (GitHub's dialect); the best of a column is bold. Ends with a line end.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(Line(Headers.Select(MarkdownText.Escape)));
        text.Append(Line(Headers.Select((_, column) => column == 0 ? "---" : "---:")));
        foreach (var row in Rows)
            text.Append(Line(row.Select(cell => cell.IsBest ? $"**{MarkdownText.Escape(cell.Text)}**" : MarkdownText.Escape(cell.Text))));
        return text.ToString();

        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
    }

    /// <summary>Aligned lines for a terminal with a rule below the headers; the best of a column carries a star. Ends with a line end.</summary>
    public string ToText()
    {
        // A name may come from a file: it must not end a line, or steer a terminal.
        List<string[]> lines = [[.. Headers.Select(MarkdownText.OneLine)], .. Rows.Select(row => row.Select(cell => MarkdownText.OneLine(cell.Text) + (cell.IsBest ? " *" : "")).ToArray())];
        // The star hangs in the margin, so that digits stand below digits.
        bool[] hasStar = [.. Headers.Select((_, column) => Rows.Any(row => row[column].IsBest))];
        foreach (string[] line in lines)
            for (int column = 0; column < line.Length; column++)
                if (hasStar[column] && !line[column].EndsWith(" *", StringComparison.Ordinal)) line[column] += "  ";
        int[] widths = [.. Headers.Select((_, column) => lines.Max(line => DisplayWidth.Of(line[column])))];
        var text = new StringBuilder();
        for (int i = 0; i < lines.Count; i++)
        {
            text.AppendJoin("  ", lines[i].Select((cell, column) => Pad(cell, widths[column], toRight: column > 0)).ToArray());
            while (text[^1] == ' ') text.Length--;
            text.Append('\n');
            if (i == 0) text.AppendJoin("  ", widths.Select(width => new string('─', width))).Append('\n');
        }
        return text.ToString();
    }

    private static string Pad(string cell, int width, bool toRight)
    {
        string space = new(' ', width - DisplayWidth.Of(cell));
        return toRight ? space + cell : cell + space;
    }
}
