using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Reports.Html;

/// <summary>The page's style sheet, with the chart colours of both themes filled in.</summary>
internal static class ReportStyle
{
    public static string Css { get; } = Load();

    private static string Load()
    {
        const string name = "Decant.Distillation.Reports.Html.report.css";
        using var stream = typeof(ReportStyle).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("LIGHT", Palette.Variables(Palette.Light)).Replace("DARK", Palette.Variables(Palette.Dark));
    }
}
