using Decant.Distillation.Knowledge.Selection;
using Decant.Distillation.Recipes;
using Decant.Torch;

namespace Decant.Distillation.Knowledge;

/// <summary>Which neurons of the selected tokens are wanted: the cut in width, made after that in length. A value.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>all</c></term><description>every neuron</description></item>
/// <item><term><c>random 0.1</c></term><description>a tenth of them, drawn once; <c>random 0.1 seed 7</c> draws others</description></item>
/// <item><term><c>uniform 0.1</c></term><description>every tenth: round(i / 0.1), halves to even</description></item>
/// <item><term><c>magnitude 0.1</c></term><description>the tenth with the largest absolute teacher values of each sample; <c>magnitude 0.1 token</c> of each token, <c>magnitude 0.1 batch</c> of the whole batch (the released code; online only)</description></item>
/// </list>
/// </remarks>
public abstract record NeuronSelection : IRecipeText<NeuronSelection>
{
    private protected NeuronSelection() { }

    /// <summary>All neurons.</summary>
    public static NeuronSelection All { get; } = new AllNeurons();

    /// <summary>The same random neurons for all layers, tokens and samples. (The released code tosses a coin for each neuron; this takes the exact share.)</summary>
    /// <param name="fraction">Share that is kept, above 0 up to 1.</param>
    /// <param name="seed">Of the draw, from 0.</param>
    public static NeuronSelection Random(double fraction, int seed = 1) => new RandomNeurons(fraction, seed);

    /// <summary>Evenly spread neurons.</summary>
    /// <param name="fraction">Share that is kept, above 0 up to 1.</param>
    public static NeuronSelection Uniform(double fraction) => new UniformNeurons(fraction);

    /// <summary>The neurons with the largest absolute teacher values.</summary>
    /// <param name="fraction">Share that is kept, above 0 up to 1.</param>
    /// <param name="scope">Among what they are the largest.</param>
    public static NeuronSelection Magnitude(double fraction, MagnitudeScope scope = MagnitudeScope.Sample) => new MagnitudeNeurons(fraction, scope);

    /// <summary>Share of the neurons that is kept, above 0 up to 1.</summary>
    public abstract double Fraction { get; }

    /// <summary>Whether what is kept of an example does not depend on the other examples of its batch.</summary>
    public virtual bool IsPerExample => true;

    /// <summary>This selection with another share; itself where all are kept.</summary>
    /// <param name="fraction">Above 0 up to 1.</param>
    public virtual NeuronSelection WithFraction(double fraction) => this;

    /// <summary>How many values are kept of a number of tokens; ties in magnitude may add to it.</summary>
    /// <param name="tokens">Selected tokens of a text.</param>
    /// <param name="hidden">Width of the teacher.</param>
    public virtual long ValuesOf(int tokens, int hidden) => (long)tokens * Share(Fraction, hidden);

    /// <summary>The neurons that are kept whatever the teacher says, rising; null for all, or where the teacher's values decide.</summary>
    /// <param name="hidden">Width of the teacher.</param>
    public virtual int[]? Static(int hidden) => null;

    /// <summary>Which values are kept: Bool [hidden] or [sequences, width, hidden]; null for all.</summary>
    /// <param name="values">The selected tokens, [sequences, width, hidden].</param>
    /// <param name="counts">How many of the leading tokens of each sequence count; null for all.</param>
    internal virtual Tensor? Mask(Tensor values, int[]? counts)
    {
        int hidden = (int)values.Size(-1);
        if (Static(hidden) is not { } kept) return null;
        var mask = new bool[hidden];
        foreach (int neuron in kept) mask[neuron] = true;
        return Tensor.From(mask, hidden).To(values.Device);
    }

    /// <summary>The selection in words.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public static NeuronSelection Parse(string text) => SelectionText.ParseNeurons(text);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public abstract override string ToString();

    /// <summary>⌊fraction · total⌋ as the released code counts, but at least 1.</summary>
    private protected static int Share(double fraction, long total) => Math.Max(1, (int)(total * fraction));

    private protected static double Proper(double fraction) => fraction is > 0 and <= 1
        ? fraction
        : throw new DecantException($"must keep a share above 0 up to 1, but keeps {SelectionText.Number(fraction)}.");
}

/// <summary>Among which values the largest are kept.</summary>
public enum MagnitudeScope
{
    /// <summary>Those of one token: every token keeps as many.</summary>
    Token,
    /// <summary>Those of all selected tokens of one sequence.</summary>
    Sample,
    /// <summary>Those of the whole batch, as in the released code. What is kept of an example then depends on its batch, so it cannot be stored.</summary>
    Batch,
}
