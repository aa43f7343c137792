namespace Decant.Cli.Progress;

/// <summary>Shows how far the work is: as a moving bar, or as lines.</summary>
internal interface IProgressView
{
    /// <summary>A piece of work begins.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="total">Its steps.</param>
    /// <param name="done">Those done before, when it goes on after a stop.</param>
    void Begin(string what, long total, long done);

    /// <summary>A step was made.</summary>
    /// <param name="done">Steps made so far.</param>
    /// <param name="figures">What to show beside it; called only when something is shown.</param>
    void Step(long done, Func<string> figures);

    /// <summary>The piece of work has ended.</summary>
    void End();

    /// <summary>A line that stays.</summary>
    void Line(string text);
}
