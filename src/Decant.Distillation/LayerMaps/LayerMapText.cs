using System.Globalization;
using System.Text.RegularExpressions;

namespace Decant.Distillation.LayerMaps;

/// <summary>Reads layer maps from the text of recipes.</summary>
internal static partial class LayerMapText
{
    private const string Allowed = "skip, last, first, uniform, t_top10, a list such as [2, 4, 6], or a map from student to teacher layers such as {1: 2, 2: 5}";

    private const int LongestText = 2000;

    [GeneratedRegex(@"^(?<rule>.+?)\s+keep\s+(?<count>[1-9]\d{0,3})$")]
    private static partial Regex Keep();

    [GeneratedRegex(@"^t_top(?<top>[1-9]\d{0,3})$")]
    private static partial Regex Top();

    [GeneratedRegex(@"^\s*(?<student>\d{1,4})\s*:\s*(\[(?<teachers>[^\]]*)\]|(?<teachers>\d{1,4}))\s*(,|$)")]
    private static partial Regex Pair();

    /// <summary>Reads a rule.</summary>
    /// <exception cref="DecantException">The text is no layer map.</exception>
    internal static LayerMapRule Parse(string text)
    {
        if (text.Length > LongestText)
            throw new DecantException($"must be {Allowed}; but has {text.Length} characters, and {LongestText} are the most.");
        string trimmed = text.Trim();
        if (Keep().Match(trimmed) is { Success: true } keep)
            return Parse(keep.Groups["rule"].Value).KeepTop(Number(keep.Groups["count"].Value));
        if (Top().Match(trimmed) is { Success: true } top)
            return LayerMapRule.TeacherTop(Number(top.Groups["top"].Value));
        return trimmed switch
        {
            "skip" => LayerMapRule.Skip,
            "last" => LayerMapRule.Last,
            "first" => LayerMapRule.First,
            "uniform" => LayerMapRule.Uniform,
            ['[', .. var inner, ']'] when Numbers(inner) is { } teachers => LayerMapRule.Listed(teachers),
            ['{', .. var inner, '}'] when Pairs(inner) is { } pairs => LayerMapRule.Pairs(pairs),
            _ => throw new DecantException($"must be {Allowed}; but is '{text}'."),
        };
    }

    private static int[]? Numbers(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)) ? [.. parts.Select(Number)] : null;
    }

    private static List<LayerPair>? Pairs(string text)
    {
        List<LayerPair> pairs = [];
        while (Pair().Match(text) is { Success: true } match)
        {
            if (Numbers(match.Groups["teachers"].Value) is not { } teachers) return null;
            int student = Number(match.Groups["student"].Value);
            pairs.AddRange(teachers.Select(teacher => new LayerPair(student, teacher)));
            text = text[match.Length..];
        }
        return pairs.Count > 0 && text.Trim().Length == 0 ? pairs : null;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
