using System.Text;
using Decant.Cli.Terminal;

namespace Decant.Cli.Tests;

/// <summary>Runs the program in this process, as a shell would.</summary>
internal sealed record Cli(int Code, string Output, string Error)
{
    public static Cli Run(params string[] args) => RunWith("", default, args);

    public static Cli RunWith(string input, params string[] args) => RunWith(input, default, args);

    public static Cli RunWith(string input, CancellationToken cancel, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code;
        using (var session = new Session(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, cancel))
            code = CommandLine.Run(args, session);
        return new Cli(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>The result of a call that must succeed.</summary>
    public Cli Done()
    {
        Assert.True(Code == ExitCodes.Done, $"exit code {Code}\n{Error}");
        return this;
    }
}
