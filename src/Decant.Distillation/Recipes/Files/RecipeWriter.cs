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
        string text => Quote(text),
        _ when ScalarReader.Reads(value.GetType()) => ScalarReader.Write(value),
        _ when IsText(value) => value.ToString() is ['[', .., ']'] or ['{', .., '}'] ? value.ToString() : Quote(value.ToString()!),
        _ => null,
    };

    private static bool IsText(object value) => value.GetType().GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRecipeText<>));

    private static string Quote(string text)
    {
        bool plain = text.Length > 0 && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.')
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ' ') && text[^1] != ' '
            && text is not ("null" or "Null" or "NULL");
        if (plain) return text;
        StringBuilder quoted = new("\"");
        foreach (char c in EnvironmentText.Escape(text))
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u0085' => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
