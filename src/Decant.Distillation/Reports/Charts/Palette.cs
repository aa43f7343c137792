using System.Text;

namespace Decant.Distillation.Reports.Charts;

/// <summary>
/// Six colours that stay apart for all common kinds of colour blindness and against the background, light or dark,
/// and a neutral one for the teacher. Beyond six the same colours come again with other dashes.
/// </summary>
public static class Palette
{
    /// <summary>The slot of the neutral colour.</summary>
    public const int Neutral = -1;

    /// <summary>Background and colours of the light theme, as CSS hexadecimal: blue, orange, teal, magenta, olive, violet.</summary>
    internal static readonly (string Background, string Neutral, string[] Colours) Light =
        ("#ffffff", "#22252b", ["#3954cd", "#e9600c", "#26a28f", "#9d197c", "#5b4d00", "#a57cfa"]);

    /// <summary>The same hues for the dark theme.</summary>
    internal static readonly (string Background, string Neutral, string[] Colours) Dark =
        ("#16181d", "#f1f3f6", ["#52a4ff", "#a85932", "#69ed7f", "#e467a2", "#afa000", "#7853d4"]);

    private static readonly string?[] Dashes = [null, "6 3", "2 3", "8 3 2 3"];

    /// <summary>The CSS variables <c>--s0</c> … <c>--s5</c> and <c>--sn</c> of a theme.</summary>
    internal static string Variables((string Background, string Neutral, string[] Colours) theme)
    {
        var css = new StringBuilder($"--sn:{theme.Neutral};");
        for (int i = 0; i < theme.Colours.Length; i++) css.Append($"--s{i}:{theme.Colours[i]};");
        return css.ToString();
    }

    /// <summary>The CSS colour of a slot.</summary>
    /// <param name="slot">0 and up, or <see cref="Neutral"/>.</param>
    internal static string Colour(int slot) => slot < 0 ? "var(--sn)" : $"var(--s{slot % Light.Colours.Length})";

    /// <summary>The dash pattern of a slot's lines; <see langword="null"/> for a solid line.</summary>
    /// <param name="slot">0 and up, or <see cref="Neutral"/>.</param>
    internal static string? Dash(int slot) => slot < 0 ? Dashes[1] : Dashes[slot / Light.Colours.Length % Dashes.Length];
}
