using System.Runtime.InteropServices;

namespace Decant.Cli.Terminal;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancelled token, so that a run can save and say how to go on. The second
/// one ends the program at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCodes.Terminated)),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that tells which signal came; null when none did.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int code)
    {
        if (ExitCode is not null) return;  // not cancelled: the system's own handling ends the process
        ExitCode = code;
        context.Cancel = true;
        _source.Cancel();
    }
}
