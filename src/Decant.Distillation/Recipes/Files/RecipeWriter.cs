using System.Collections;
using System.Text;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Recipes.Files;

/// <summary>Writes options back as YAML, every value spelt out, such that reading the text gives equal options.</summary>
public static class RecipeWriter
{
    /// <summary>The effective recipe as YAML.</summary>
    /// <param name="recipe">The recipe.</param>
    public static string ToYaml(Recipe recipe) => OptionsToYaml(recipe);

    /// <summary>Any options record as YAML.</summary>
    /// <param name="options">The record.</param>
    public static string OptionsToYaml(object options)
    {
        StringBuilder text = new();
        Map(text, Entries(options), "");
        return text.ToString();
    }

    private static IEnumerable<(string Key, object? Value)> Entries(object value) => value is ObjectiveMap objectives
        ? objectives.Select(o => (o.Name, (object?)o.Options))
        : Written(value);

    private static IEnumerable<(string, object?)> Written(object options)
    {
        OptionsShape shape = OptionsShape.Of(options.GetType());
        object defaults = shape.CreateDefault();
        foreach (OptionsKey key in shape.Keys)
        {
            object? value = key.Property.GetValue(options);
            if (value is not null || key.Property.GetValue(defaults) is not null) yield return (key.Name, value);
        }
    }

    private static void Map(StringBuilder text, IEnumerable<(string Key, object? Value)> entries, string indent)
    {
        foreach ((string key, object? value) in entries)
        {
            text.Append(text.Length > 0 && text[^1] != '\n' ? "" : indent).Append(key).Append(':');
            if (Scalar(value) is { } scalar)
                text.Append(' ').Append(scalar).Append('\n');
            else if (value is IEnumerable items && value is not ObjectiveMap)
                List(text, items, indent);
            else if (!Entries(value!).Any())
                text.Append(" {}\n");
            else
                Map(text.Append('\n'), Entries(value!), indent + "  ");
        }
    }

    private static void List(StringBuilder text, IEnumerable items, string indent)
    {
        object[] values = [.. items.Cast<object>()];
        if (values.All(v => Scalar(v) is not null))
        {
            text.Append($" [{string.Join(", ", values.Select(Scalar))}]\n");
            return;
        }
        text.Append('\n');
        foreach (object value in values)
        {
            text.Append(indent).Append("  - ");
            Map(text, Entries(value), indent + "    ");
        }
    }

    private static string? Scalar(object? value) => value switch
    {
        null => "~",
        string text => YamlText.Quote(text),
        _ when ScalarReader.Reads(value.GetType()) => ScalarReader.Write(value),
        _ when IsText(value) => value.ToString() is ['[', .., ']'] or ['{', .., '}'] ? value.ToString() : YamlText.Quote(value.ToString()!),
        _ => null,
    };

    private static bool IsText(object value) => value.GetType().GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRecipeText<>));
}
