using System.Globalization;
using System.Text;

namespace Decant.Distillation.Reports.Markup;

/// <summary>Writes well-formed markup (HTML in XML syntax, SVG): every text and attribute passes through <see cref="MarkupText.Escape"/>.</summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; dispose the result, or call <see cref="Close"/>, to close it.</summary>
    public Closer Open(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append('>');
        _open.Push(name);
        return new Closer(this);
    }

    /// <summary>Closes the innermost element.</summary>
    public void Close() => _text.Append("</").Append(_open.Pop()).Append('>');

    /// <summary>Writes an element without content.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append("/>");
    }

    /// <summary>Writes an element that holds nothing but text.</summary>
    public void Element(string name, string content, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Open(name, attributes);
        Text(content);
        Close();
    }

    /// <summary>Writes escaped text.</summary>
    public void Text(string text) => _text.Append(MarkupText.Escape(text));

    /// <summary>Writes markup that is already escaped: the output of another writer, or a constant.</summary>
    public void Raw(string markup) => _text.Append(markup);

    /// <summary>Ends a line, for those who read the source.</summary>
    public void Line() => _text.Append('\n');

    /// <inheritdoc/>
    public override string ToString() =>
        _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"The element '{_open.Peek()}' is not closed.");

    /// <summary>A number for an attribute: at most two decimals, which is a hundredth of a pixel.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    private void Start(string name, ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null) continue;
            string text = value switch { double number => Number(number), IFormattable other => other.ToString(null, CultureInfo.InvariantCulture), _ => value.ToString()! };
            _text.Append(' ').Append(attribute).Append("=\"").Append(MarkupText.Escape(text)).Append('"');
        }
    }

    /// <summary>Closes an element at the end of a <c>using</c> block.</summary>
    public readonly struct Closer(MarkupWriter writer) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Close();
    }
}
