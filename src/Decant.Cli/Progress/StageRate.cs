namespace Decant.Cli.Progress;

/// <summary>How fast a stage goes, over the last half minute or so, and how long it will still take.</summary>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class StageRate(TimeProvider? time = null)
{
    private const double Memory = 30;  // seconds
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _last;
    private double _seconds, _updates, _tokens;

    public double TokensPerSecond => _seconds > 0 ? _tokens / _seconds : 0;

    public void Restart()
    {
        _last = _time.GetTimestamp();
        _seconds = _updates = _tokens = 0;
    }

    public void Add(long tokens)
    {
        long now = _time.GetTimestamp();
        double passed = _time.GetElapsedTime(_last, now).TotalSeconds, keep = Math.Exp(-passed / Memory);
        (_seconds, _updates, _tokens, _last) = (_seconds * keep + passed, _updates * keep + 1, _tokens * keep + tokens, now);
    }

    /// <summary>Seconds for so many more updates; null before the first.</summary>
    public double? SecondsFor(long updates) => _updates > 0 ? updates * _seconds / _updates : null;
}
