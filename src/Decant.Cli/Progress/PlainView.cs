using System.Diagnostics;
using Decant.Cli.Terminal;

namespace Decant.Cli.Progress;

/// <summary>Progress for log files and pipes: a line now and then.</summary>
internal sealed class PlainView(Session session) : IProgressView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLine = new();
    private string _what = "";
    private long _total;

    public void Begin(string what, long total, long done)
    {
        (_what, _total) = (what, total);
        session.Note(done > 0 ? $"{what}: going on at {done} of {total}" : $"{what}: {total} steps");
        _sinceLine.Restart();
    }

    public void Step(long done, Func<string> figures)
    {
        if (_sinceLine.Elapsed < Pause) return;
        session.Note($"{_what}: {done}/{_total}  {figures()}");
        _sinceLine.Restart();
    }

    public void End() => _sinceLine.Reset();

    public void Line(string text) => session.Note(text);
}
