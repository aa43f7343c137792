using System.Reflection;
using System.Runtime.Serialization;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>How enum values are written in recipes: camelCase, or as <see cref="EnumMemberAttribute"/> says.</summary>
public static class EnumNames
{
    /// <summary>The texts of an enum's values, in the order of declaration.</summary>
    /// <param name="type">The enum.</param>
    public static IReadOnlyList<string> All(Type type) => [.. Fields(type).Select(Text)];

    /// <summary>The value that a text stands for, or null.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="text">The text.</param>
    public static object? Parse(Type type, string text) => Fields(type).FirstOrDefault(f => Text(f) == text)?.GetValue(null);

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value.</param>
    public static string Write(object value) => Text(value.GetType().GetField(value.ToString()!)!);

    /// <summary>A C# name with its first letter made small.</summary>
    /// <param name="name">The name.</param>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static IEnumerable<FieldInfo> Fields(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static);

    private static string Text(FieldInfo field) =>
        field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? Camel(field.Name);
}
