using System.Text;

namespace Decant.Distillation.Reports;

/// <summary>Names from recipes and logs as a reader would write them: <c>softLabels</c> is "Soft labels".</summary>
internal static class Labels
{
    /// <summary>The label of a name in camel case; other names stay as they are.</summary>
    public static string Of(string name)
    {
        if (name == "mse") return "MSE";
        if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit)) return name;
        var label = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]);
            bool isAbbreviation = i + 1 >= name.Length || char.IsAsciiDigit(name[i + 1]) || char.IsAsciiLetterUpper(name[i + 1]);
            if (startsWord) label.Append(' ');
            label.Append(i == 0 ? char.ToUpperInvariant(name[i]) : startsWord && !isAbbreviation ? char.ToLowerInvariant(name[i]) : name[i]);
        }
        return label.ToString();
    }
}
