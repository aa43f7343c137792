using System.Text;
using Spectre.Console;

namespace Decant.Cli.Terminal;

/// <summary>
/// The streams of one call: results go to <see cref="Output"/>, everything else to <see cref="Error"/>. Colour and moving
/// progress are used only where a person watches.
/// </summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<IAnsiConsole> _errorConsole;

    /// <summary>A session on streams that are no terminal: no colour, plain lines.</summary>
    public Session(Stream input, Stream output, Stream error, CancellationToken cancel = default)
        : this(input, output, error, isWatched: false, cancel) { }

    private Session(Stream input, Stream output, Stream error, bool isWatched, CancellationToken cancel)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        InputStream = input;
        OutputStream = output;
        Output = new StreamWriter(output, utf8, leaveOpen: true) { NewLine = "\n" };
        Error = new StreamWriter(error, utf8, leaveOpen: true) { NewLine = "\n", AutoFlush = true };
        IsWatched = isWatched;
        UsesColor = isWatched && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Cancel = cancel;
        _errorConsole = new(CreateErrorConsole);
    }

    public Stream InputStream { get; }

    /// <summary>For bytes; flush <see cref="Output"/> first where both are used.</summary>
    public Stream OutputStream { get; }

    /// <summary>Results. Flushed when the session ends.</summary>
    public StreamWriter Output { get; }

    /// <summary>Progress, warnings and errors. Never buffered.</summary>
    public StreamWriter Error { get; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Standard error is a terminal that can redraw lines.</summary>
    public bool IsWatched { get; }

    public bool UsesColor { get; }

    /// <summary>Draws on standard error.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>The session of this process.</summary>
    public static Session OfProcess(CancellationToken cancel) => new(
        Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError(),
        isWatched: !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"), cancel);

    /// <summary>A line for the person, not for a program that reads the results.</summary>
    public void Note(string line) => Error.WriteLine(line);

    public void Warn(string line) => Paint("warning:", "33", line);

    public void Fail(string line) => Paint("error:", "31", line);

    public void Dispose()
    {
        try { Output.Flush(); }
        catch (IOException) { /* the reader has gone away: there is nobody to tell */ }
    }

    private void Paint(string head, string color, string line) =>
        Error.WriteLine(UsesColor ? $"\e[{color};1m{head}\e[0m {line}" : $"{head} {line}");

    private IAnsiConsole CreateErrorConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = IsWatched ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = IsWatched ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new AnsiConsoleOutput(Error),
    });
}
