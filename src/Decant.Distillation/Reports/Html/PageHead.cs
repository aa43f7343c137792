using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>What stands in the head of every page: its title and its style, and nothing that is loaded or run.</summary>
internal static class PageHead
{
    public static void Write(MarkupWriter page, string title)
    {
        page.Empty("meta", ("charset", "utf-8"));
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        // Nothing may be loaded or run, whatever a name in the data tries.
        page.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
        page.Empty("meta", ("name", "generator"), ("content", "Decant"));
        page.Element("title", title);
        page.Raw($"<style>\n{ReportStyle.Css}</style>");
    }
}
