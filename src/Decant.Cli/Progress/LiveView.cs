using System.Diagnostics;
using Spectre.Console;

namespace Decant.Cli.Progress;

/// <summary>Progress on a terminal: one bar for the work that runs, lines above it for what has ended.</summary>
internal sealed class LiveView(IAnsiConsole console, ProgressContext progress) : IProgressView
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _sinceFigures = Stopwatch.StartNew();
    private ProgressTask? _task;
    private string _what = "";

    /// <summary>Does work under a bar that moves by itself.</summary>
    public static T Run<T>(IAnsiConsole console, Func<IProgressView, T> work) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(progress => work(new LiveView(console, progress)));

    public void Begin(string what, long total, long done)
    {
        _what = what;
        _task = progress.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
        _task.Value = done;
    }

    public void Step(long done, Func<string> figures)
    {
        if (_task is null) return;
        _task.Value = done;
        if (_sinceFigures.Elapsed < Pause) return;
        _task.Description = Markup.Escape($"{_what}  {figures()}");
        _sinceFigures.Restart();
    }

    public void End()
    {
        if (_task is null) return;
        _task.Value = _task.MaxValue;
        _task.StopTask();
        _task = null;
    }

    public void Line(string text) => console.MarkupLine(Markup.Escape(text));
}
