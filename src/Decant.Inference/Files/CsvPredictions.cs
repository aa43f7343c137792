using System.Globalization;
using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Inference.Files;

/// <summary>
/// Predictions as CSV (RFC 4180): <c>text</c>, <c>pair</c>, <c>label</c>, then the score of each label; for regression <c>text</c>,
/// <c>pair</c>, <c>value</c>; last <c>exitLayer</c> where texts may leave early. Several labels are joined by <c>;</c>, as they are read.
/// </summary>
public sealed class CsvPredictions : IPredictionWriter
{
    private readonly TextWriter _output;
    private readonly IReadOnlyList<string> _labels;
    private readonly bool _hasExitLayers;

    /// <summary>Writes the header.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="problem">What the outputs mean.</param>
    /// <param name="labels">The model's labels in the order of its outputs; not used for regression.</param>
    /// <param name="hasExitLayers">Whether texts may leave before the last layer. Default: false.</param>
    public CsvPredictions(TextWriter output, ProblemType problem, IReadOnlyList<string> labels, bool hasExitLayers = false)
    {
        (_output, _labels, _hasExitLayers) = (output, problem == ProblemType.Regression ? [] : labels, hasExitLayers);
        Line(["text", "pair", .. _labels.Count == 0 ? (string[])["value"] : ["label", .. _labels.Select(label => $"score:{label}")], .. ExitLayer("exitLayer")]);
    }

    /// <inheritdoc/>
    public void Write(Example example, Prediction prediction)
    {
        IEnumerable<string> scores = prediction.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture));
        Line([example.Text, example.Pair ?? "",
            .. _labels.Count == 0 ? scores : scores.Prepend(string.Join(';', prediction.Chosen.Select(label => _labels[label]))),
            .. ExitLayer($"{prediction.ExitLayer}")]);
    }

    private string[] ExitLayer(string cell) => _hasExitLayers ? [cell] : [];

    private void Line(IEnumerable<string> cells)
    {
        _output.Write(string.Join(',', cells.Select(Cell)));
        _output.Write("\r\n");
    }

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
