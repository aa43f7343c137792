namespace Decant.Models.FastBert;

/// <summary>How <see cref="AdaptiveClassifier"/> decides that a layer is sure enough.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>How many of the most probable classes count towards the uncertainty, from 2; 0 for all of them. Default: 0 (the paper). Use about 5 where there are very many.</summary>
    public int TopClasses { get; init; }

    /// <summary>When a sequence leaves. Default: <see cref="ExitRule.AtMost"/>.</summary>
    public ExitRule Rule { get; init; } = ExitRule.AtMost;

    /// <summary>Refuses options that make no sense for a model.</summary>
    /// <param name="outputs">The model's classes.</param>
    /// <exception cref="DecantException">Too few or too many classes would count.</exception>
    public AdaptiveOptions Validate(int outputs) => TopClasses is < 0 or 1 || TopClasses > outputs
        ? throw new DecantException($"The uncertainty cannot be that of the top {TopClasses} classes; give a number from 2 to the model's {outputs}, or 0 for all.")
        : this;

    // Speed 0 is the full model, also where an answer is so sure that its entropy rounds to 0.
    internal bool Leaves(double uncertainty, double speed) =>
        speed > 0 && (Rule == ExitRule.AtMost ? uncertainty <= speed : uncertainty < speed);
}

/// <summary>When a sequence leaves. They differ only where the uncertainty equals the speed.</summary>
public enum ExitRule
{
    /// <summary>At an uncertainty of at most the speed: <c>run_fastbert.py</c>, which the published figures were made with.</summary>
    AtMost,
    /// <summary>At an uncertainty below the speed: the released package.</summary>
    Below,
}
