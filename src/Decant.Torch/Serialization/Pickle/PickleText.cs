using System.Globalization;
using System.Numerics;
using System.Text;

namespace Decant.Torch.Serialization;

/// <summary>Values as pickle protocol 0 writes them: one line of text each.</summary>
internal static class PickleText
{
    private const int MaxNumberLength = 2500;

    /// <summary>The line of an <c>INT</c>: a number, or 00 and 01 for False and True. Null when it is neither.</summary>
    public static object? Int(string line) => line switch { "00" => false, "01" => true, _ => Long(line) };

    /// <summary>The line of a <c>LONG</c>: a number, perhaps with an L behind it. Null when it is not one.</summary>
    public static object? Long(string line)
    {
        if (line.Length > MaxNumberLength) return null;
        if (!BigInteger.TryParse(line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    /// <summary>The line of a <c>FLOAT</c>. Null when it is not one.</summary>
    public static object? Float(string line) => line switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
    };

    /// <summary>The line of a <c>STRING</c>: a Python literal in quotes. Null when it is not one.</summary>
    public static string? String(string line) =>
        line.Length >= 2 && line[0] is '\'' or '"' && line[^1] == line[0] ? Unescape(line[1..^1]) : null;

    /// <summary>Resolves the escapes that Python's <c>repr</c> and raw-unicode-escape write; others stay as they are.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\')) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) { result.Append(text[i]); continue; }
            char kind = text[++i];
            int digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0 && i + digits < text.Length
                && uint.TryParse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
                && code <= 0x10ffff)
            {
                if (code > 0xffff) result.Append(char.ConvertFromUtf32((int)code));
                else result.Append((char)code);
                i += digits;
                continue;
            }
            result.Append(kind switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' => "\\", '\'' => "'", '"' => "\"", _ => "\\" + kind });
        }
        return result.ToString();
    }
}
