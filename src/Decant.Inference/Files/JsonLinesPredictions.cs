using System.Text.Encodings.Web;
using System.Text.Json;
using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Inference.Files;

/// <summary>
/// Predictions as JSON, one object a line: <c>text</c>, <c>pair</c> where there is one, then <c>label</c> and <c>score</c> (one label of
/// several), <c>labels</c> (multi-label) or <c>value</c> (regression), and <c>scores</c> by label.
/// </summary>
/// <param name="output">Gets UTF-8; a line is written whole.</param>
/// <param name="problem">What the outputs mean.</param>
/// <param name="labels">The model's labels in the order of its outputs; not used for regression.</param>
public sealed class JsonLinesPredictions(Stream output, ProblemType problem, IReadOnlyList<string> labels) : IPredictionWriter
{
    private readonly Utf8JsonWriter _writer = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public void Write(Example example, Prediction prediction)
    {
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("text", example.Text);
        if (example.Pair is { } pair) _writer.WriteString("pair", pair);
        if (problem == ProblemType.Regression) _writer.WriteNumber("value", prediction.Scores[0]);
        else WriteLabels(prediction);
        if (prediction.ExitLayer is { } layer) _writer.WriteNumber("exitLayer", layer);
        _writer.WriteEndObject();
        _writer.Flush();
        output.Write("\n"u8);
    }

    private void WriteLabels(Prediction prediction)
    {
        if (problem == ProblemType.MultiLabel)
        {
            _writer.WriteStartArray("labels");
            foreach (int label in prediction.Chosen) _writer.WriteStringValue(labels[label]);
            _writer.WriteEndArray();
        }
        else
        {
            _writer.WriteString("label", prediction.Label);
            _writer.WriteNumber("score", prediction.Score!.Value);
        }
        _writer.WriteStartObject("scores");
        for (int i = 0; i < labels.Count; i++) _writer.WriteNumber(labels[i], prediction.Scores[i]);
        _writer.WriteEndObject();
    }
}
