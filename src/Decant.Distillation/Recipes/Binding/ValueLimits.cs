using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>Says what a value must be, from its type and its DataAnnotations limits.</summary>
internal static class ValueLimits
{
    /// <summary>What a single value must be: "a whole number from 1 to 64", "true or false", "one of a, b".</summary>
    public static string Expected(Type type, IReadOnlyList<ValidationAttribute> limits)
    {
        if (type == typeof(bool)) return "true or false";
        if (type.IsEnum) return $"one of {string.Join(", ", EnumNames.All(type))}";
        if (type == typeof(string)) return limits.OfType<RegularExpressionAttribute>().FirstOrDefault()?.ErrorMessage ?? "a text";
        if (type == typeof(int) || type == typeof(long)) return "a whole number" + Range(limits);
        if (type == typeof(double) || type == typeof(float)) return "a number" + Range(limits);
        return ListElement(type) is { } element ? $"a list, each entry {Expected(element, limits)}" : "a map of keys";
    }

    /// <summary>What a value breaks, as words that follow the key's name, or null if all is well.</summary>
    public static string? Broken(object value, Type type, IReadOnlyList<ValidationAttribute> limits)
    {
        foreach (ValidationAttribute limit in limits)
        {
            if (value is IEnumerable items and not string)
            {
                int count = items.Cast<object>().Count();
                if (limit is MinLengthAttribute min && count < min.Length) return $"needs {min.Length} or more entries, but has {count}";
                if (limit is LengthAttribute length && (count < length.MinimumLength || count > length.MaximumLength))
                    return $"needs {Between(length.MinimumLength, length.MaximumLength)} entries, but has {count}";
                if (limit is RangeAttribute or RegularExpressionAttribute && items.Cast<object>().FirstOrDefault(i => !limit.IsValid(i)) is { } bad)
                    return $"must be {Expected(type, limits)}, but has the entry {Text(bad)}";
            }
            else if (!limit.IsValid(value))
                return limit is RangeAttribute or RegularExpressionAttribute
                    ? $"must be {Expected(type, limits)}, but is {Text(value)}"
                    : limit.FormatErrorMessage("it");
        }
        return null;
    }

    /// <summary>Element type of a list type that the binder knows, or null.</summary>
    public static Type? ListElement(Type type)
    {
        if (!type.IsGenericType) return null;
        Type definition = type.GetGenericTypeDefinition();
        return definition == typeof(ValueList<>) || definition == typeof(IReadOnlyList<>) ? type.GenericTypeArguments[0] : null;
    }

    private static string Range(IReadOnlyList<ValidationAttribute> limits)
    {
        if (limits.OfType<RangeAttribute>().FirstOrDefault() is not { } range) return "";
        string low = Text(range.Minimum), high = Text(range.Maximum);
        string from = range.MinimumIsExclusive ? $" above {low}" : $" from {low}";
        if (range.Maximum is int.MaxValue or double.MaxValue or double.PositiveInfinity) return from;
        return from + (range.MaximumIsExclusive ? $" to below {high}" : $" to {high}");
    }

    private static string Between(int low, int high) => low == high ? $"exactly {low}" : $"{low} to {high}";

    private static string Text(object value) => value is string text ? $"'{text}'" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
