using System.Globalization;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Reports.TensorBoard;

/// <summary>
/// Writes an event file that TensorBoard shows: <c>tensorboard --logdir runs</c>. Each run folder gets its own file; a
/// resumed run adds a second one that tells TensorBoard to forget what the first says about the steps done again.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private static int s_files;
    private readonly FileStream _stream;
    private readonly TimeProvider _clock;

    /// <summary>Starts an event file.</summary>
    /// <param name="folder">Where to put it; created when missing.</param>
    /// <param name="resumeAfterStep">The last step that a resumed run does not repeat; <see langword="null"/> for a new run.</param>
    /// <param name="clock">Tells wall time; the system's clock by default.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public TensorBoardWriter(string folder, long? resumeAfterStep = null, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        double now = Seconds(_clock.GetUtcNow());
        string name = string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{(long)now:D10}.{HostName()}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files) - 1}");
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), name);
        try
        {
            Directory.CreateDirectory(folder);
            _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 14);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
        Write(EventMessage.FileVersion(now));
        if (resumeAfterStep is { } last) Write(EventMessage.RestartAt(now, last + 1));
        Flush();
    }

    /// <summary>The event file.</summary>
    public string Path { get; }

    /// <summary>Adds one number of a curve; seen by others after <see cref="Flush"/>.</summary>
    /// <param name="tag">Name of the curve; what stands before the first slash groups it.</param>
    /// <param name="step">Optimiser steps done.</param>
    /// <param name="value">The number, kept as float32; may be NaN.</param>
    /// <param name="time">When it was taken; now by default.</param>
    public void AddScalar(string tag, long step, double value, DateTimeOffset? time = null) =>
        Write(EventMessage.Scalar(Seconds(time ?? _clock.GetUtcNow()), step, tag, (float)value));

    /// <summary>Adds a text, such as the recipe.</summary>
    /// <param name="tag">Name of the text.</param>
    /// <param name="step">Optimiser steps done.</param>
    /// <param name="markdown">The text; TensorBoard shows it as Markdown.</param>
    public void AddText(string tag, long step, string markdown) =>
        Write(EventMessage.Text(Seconds(_clock.GetUtcNow()), step, tag, markdown));

    /// <summary>Adds every value of a log entry under <c>train/…</c> or <c>eval/…</c>, and flushes.</summary>
    /// <param name="entry">The figures.</param>
    public void Add(MetricsEntry entry)
    {
        string group = entry.Kind == MetricsKind.Train ? "train" : "eval";
        foreach (var (name, value) in entry.Values)
            AddScalar($"{group}/{name}", entry.Step, value, entry.Time);
        Flush();
    }

    /// <summary>Hands everything to the operating system.</summary>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Write(byte[] message)
    {
        try
        {
            RecordWriter.Write(_stream, message);
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
    }

    private DecantException Unwritable(Exception e) =>
        new($"Cannot write the TensorBoard file {Path}: {e.Message} Free some space or check the permissions, then resume the run.", e);

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    // A dot or slash in the host's name would break the file name apart.
    private static string HostName() => string.Concat(Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
