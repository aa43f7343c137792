namespace Decant.Text.Data;

/// <summary>The form of a user's own file.</summary>
public enum TableFormat
{
    /// <summary>Comma-separated values with quotes as in RFC 4180 (<c>.csv</c>).</summary>
    Csv,

    /// <summary>Tab-separated values; a <c>"</c> is an ordinary character, as in GLUE (<c>.tsv</c>).</summary>
    Tsv,

    /// <summary>One JSON object a line (<c>.jsonl</c>, <c>.ndjson</c>).</summary>
    JsonLines,

    /// <summary>One text a line and nothing else (<c>.txt</c>): to predict on.</summary>
    Lines,
}
