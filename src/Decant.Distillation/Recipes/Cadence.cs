using System.Globalization;

namespace Decant.Distillation.Recipes;

/// <summary>How often something happens: after each epoch, after every so many updates, or never.</summary>
public sealed record Cadence : IRecipeText<Cadence>
{
    /// <summary>After each epoch, and at the end of a stage.</summary>
    public static Cadence Epoch { get; } = new(0);

    /// <summary>Never.</summary>
    public static Cadence Never { get; } = new(-1);

    private Cadence(int steps) => Steps = steps;

    /// <summary>After every <paramref name="steps"/> updates.</summary>
    /// <param name="steps">1 or more.</param>
    public static Cadence Every(int steps) => steps >= 1
        ? new(steps)
        : throw new DecantException($"must be 1 step or more, but is {steps}.");

    /// <summary>Updates between two times; 0 for <see cref="Epoch"/>, -1 for <see cref="Never"/>.</summary>
    public int Steps { get; }

    /// <summary>Whether it is time after update <paramref name="step"/>.</summary>
    /// <param name="step">Number of updates done, 1 or more.</param>
    /// <param name="endOfEpoch">Whether that update ended an epoch, or the stage.</param>
    public bool IsDue(long step, bool endOfEpoch) => Steps > 0 ? step % Steps == 0 : Steps == 0 && endOfEpoch;

    /// <inheritdoc/>
    public static Cadence Parse(string text) => text switch
    {
        "epoch" => Epoch,
        "never" => Never,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && steps >= 1 => new(steps),
        _ => throw new DecantException($"must be 'epoch', 'never' or a number of steps from 1, but is '{text}'."),
    };

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Steps switch
    {
        0 => "epoch",
        -1 => "never",
        _ => Steps.ToString(CultureInfo.InvariantCulture),
    };
}
