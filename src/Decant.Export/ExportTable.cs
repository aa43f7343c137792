using System.Globalization;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;

namespace Decant.Export;

/// <summary>Exported files side by side: size, difference from the model, and what the metrics became.</summary>
public static class ExportTable
{
    /// <summary>A row a file; with labelled data a first row for the model itself.</summary>
    /// <param name="files">Files that were checked over the same examples.</param>
    public static TextTable Of(IReadOnlyList<ExportedFile> files)
    {
        EvaluationResult? model = files[0].Check.Model;
        string[] metrics = model is null ? [] : [.. model.Metrics.Select(m => m.Key)];
        bool hasAnswers = files.Any(f => f.Check.Agreement.SameAnswers is not null);
        List<IReadOnlyList<TextCell>> rows = [];
        if (model is not null) rows.Add([new("the model itself"), new(""), new(""), .. hasAnswers ? (TextCell[])[new("")] : [], .. metrics.Select(m => Score(m, model))]);
        foreach (ExportedFile file in files)
            rows.Add(
            [
                new(Path.GetFileName(file.Path)), new(Units.Bytes(file.Bytes)), new(Units.Significant(file.Check.Agreement.LargestDifference)),
                .. hasAnswers ? (TextCell[])[new(Share(file.Check.Agreement.SameAnswers))] : [],
                .. metrics.Select(m => file.Check.Exported is { } exported ? Score(m, exported) : new TextCell("")),
            ]);
        return new TextTable(["File", "Size", "Largest difference", .. hasAnswers ? (string[])["Same answers"] : [], .. metrics.Select(m => Labels.Of(m))], rows);
    }

    private static TextCell Score(string metric, EvaluationResult result) => new(ScoreColumn.Of(metric).Format(result[metric]));

    private static string Share(double? share) => share is { } known ? (100 * known).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "";
}
