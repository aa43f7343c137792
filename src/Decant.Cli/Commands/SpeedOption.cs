using System.CommandLine;
using System.Globalization;

namespace Decant.Cli.Commands;

/// <summary><c>--speed</c>: how early texts may leave a FastBERT.</summary>
internal static class SpeedOption
{
    public static Option<double?> Create()
    {
        var option = new Option<double?>("--speed") { HelpName = "0..1", Description = "FastBERT: a text leaves at the first layer whose uncertainty is at most this. Default: 0, all layers." };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double speed) && speed is not (>= 0 and <= 1))
                result.AddError($"{option.Name} must be from 0 (all layers) to 1 (the first layer).");
        });
        return option;
    }

    /// <summary><c>--top-classes</c>: how many classes the uncertainty is measured over.</summary>
    public static Option<int> TopClasses()
    {
        var option = new Option<int>("--top-classes") { HelpName = "N", Description = "FastBERT: measure the uncertainty over the N most probable classes; 0 is all. Where there are very many classes, about 5." };
        CommonOptions.RequireAtLeast(option, 0);
        return option;
    }

    /// <summary>Reads numbers with commas between.</summary>
    /// <exception cref="DecantException">One is no number, or out of range.</exception>
    public static IReadOnlyList<double> List(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed is >= 0 and <= 1
            ? speed : throw new DecantException($"'{word}' is no speed; give numbers from 0 to 1 with commas between, such as 0,0.1,0.5."))];
}
