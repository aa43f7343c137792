using System.Text;

namespace Decant.Distillation.Reports.Markup;

/// <summary>Makes any text safe inside HTML and SVG, in element content and in quoted attributes alike.</summary>
internal static class MarkupText
{
    /// <summary>Escapes the five special characters; what XML cannot hold (control characters, lone surrogates) becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes()) // A lone surrogate comes as U+FFFD.
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\t' or '\n': escaped.Append((char)rune.Value); break;
                case '\r': break;
                case < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF: escaped.Append('\uFFFD'); break;
                default: escaped.Append(rune.ToString()); break;
            }
        }
        return escaped.ToString();
    }
}
