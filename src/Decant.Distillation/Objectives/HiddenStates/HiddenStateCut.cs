using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Distillation.Recipes;

namespace Decant.Distillation.Objectives.HiddenStates;

/// <summary>How much hidden-state knowledge is kept in each dimension, in the notation of Marginal Utility Diminishes: <c>1l_10t_0.1h</c>.</summary>
public sealed partial record HiddenStateCut : IRecipeText<HiddenStateCut>
{
    /// <summary>Makes a cut.</summary>
    /// <param name="layers">Highest student layers that are kept, the embeddings counted as one; 1 or more.</param>
    /// <param name="tokens">Tokens of each text; 1 or more.</param>
    /// <param name="neurons">Share of the neurons; above 0 up to 1.</param>
    public HiddenStateCut(int layers, int tokens, double neurons)
    {
        if (layers < 1 || tokens < 1 || neurons is not (> 0 and <= 1))
            throw new DecantException($"must keep 1 layer, 1 token and a share of neurons above 0 up to 1, or more; but is '{Write(layers, tokens, neurons)}'.");
        (Layers, Tokens, Neurons) = (layers, tokens, neurons);
    }

    /// <summary>Highest student layers that are kept.</summary>
    public int Layers { get; }

    /// <summary>Tokens of each text.</summary>
    public int Tokens { get; }

    /// <summary>Share of the neurons.</summary>
    public double Neurons { get; }

    /// <inheritdoc/>
    public static HiddenStateCut Parse(string text)
    {
        if (Form().Match(text.Trim()) is not { Success: true } match)
            throw new DecantException($"must be layers, tokens and share of neurons such as 1l_10t_0.1h; but is '{text}'.");
        return new(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
            double.Parse(match.Groups[3].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Write(Layers, Tokens, Neurons);

    // Never with an exponent, which the notation does not have.
    private static string Write(int layers, int tokens, double neurons) => string.Create(CultureInfo.InvariantCulture, $"{layers}l_{tokens}t_{neurons:0.################}h");

    [GeneratedRegex(@"^(\d{1,4})l_(\d{1,5})t_(\d(?:\.\d{1,15})?)h$")]
    private static partial Regex Form();
}
