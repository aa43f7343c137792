using System.CommandLine;
using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Distillation.Diagnostics;

namespace Decant.Cli.Commands;

/// <summary><c>decant doctor</c></summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public DoctorCommand() : base("doctor", "Show versions, threads, BLAS with its measured speed, and GPU; warn when something will be slow.") =>
        Add(_json);

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant doctor", "look at this machine"),
        ("decant doctor --json", "the same for a program"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        DoctorReport report = Doctor.Examine();
        if (arguments.GetValue(_json)) WriteJson(report, session);
        else WriteText(report, session);
        return ExitCodes.Done;
    }

    private static void WriteText(DoctorReport report, Session session)
    {
        FactList.Write(session.Output,
        [
            .. report.Facts,
            .. report.Speeds.Select(speed => KeyValuePair.Create(Label(speed), string.Create(CultureInfo.InvariantCulture, $"{speed.GigaFlops:0} GFLOP/s"))),
        ]);
        session.Output.WriteLine();
        foreach (DoctorWarning warning in report.Warnings)
            session.Output.WriteLine($"warning: {warning.Problem}\n  remedy: {warning.Remedy}");
        if (report.Warnings.Count == 0) session.Output.WriteLine("All is well.");
    }

    private static string Label(SpeedFigure speed)
    {
        string where = speed.Device == "cpu" ? speed.Threads == 1 ? "1 thread" : $"{speed.Threads} threads" : speed.Device;
        return $"{speed.DType} {speed.Size}³, {where}";
    }

    private static void WriteJson(DoctorReport report, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("facts");
        foreach ((string label, string value) in report.Facts) writer.WriteString(label, value);
        writer.WriteEndObject();
        writer.WriteStartArray("speeds");
        foreach (SpeedFigure speed in report.Speeds)
        {
            writer.WriteStartObject();
            writer.WriteString("dtype", speed.DType.ToString());
            writer.WriteString("device", speed.Device);
            writer.WriteNumber("threads", speed.Threads);
            writer.WriteNumber("size", speed.Size);
            writer.WriteNumber("gflops", Math.Round(speed.GigaFlops, 1));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        foreach (DoctorWarning warning in report.Warnings)
        {
            writer.WriteStartObject();
            writer.WriteString("problem", warning.Problem);
            writer.WriteString("remedy", warning.Remedy);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
