using System.Globalization;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>Reads single values strictly: no "yes" for true, no fractions for whole numbers, no infinity.</summary>
internal static class ScalarReader
{
    /// <summary>Whether a type is written as one scalar.</summary>
    public static bool Reads(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long)
        || type == typeof(double) || type == typeof(float);

    /// <summary>The value, or null if the text is none of that type.</summary>
    public static object? Read(Type type, string text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type.IsEnum) return EnumNames.Parse(type, text);
        if (type == typeof(bool)) return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int i) ? i : null;
        if (type == typeof(long)) return long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out long l) ? l : null;
        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (type == typeof(float)) return float.TryParse(text, Float, invariant, out float f) && float.IsFinite(f) ? f : null;
        return double.TryParse(text, Float, invariant, out double d) && double.IsFinite(d) ? d : null;
    }

    /// <summary>The text that reads as the same value.</summary>
    public static string Write(object value) => value switch
    {
        bool b => b ? "true" : "false",
        Enum e => EnumNames.Write(e),
        double d => d.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal),
        float f => f.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
