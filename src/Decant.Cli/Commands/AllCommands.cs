namespace Decant.Cli.Commands;

/// <summary>The commands, in the order of the help text.</summary>
internal static class AllCommands
{
    public static IEnumerable<CliCommand> Create() =>
    [
        new QuickstartCommand(),
        new RunCommand(),
        new PlanCommand(),
        new FinetuneCommand(),
        new DistillCommand(),
        new EvaluateCommand(),
        new PredictCommand(),
        new SpeedCommand(),
        new ServeCommand(),
        new ExportCommand(),
        new SweepCommand(),
        new AugmentCommand(),
        new PruneCommand(),
        new TeachCommand(),
        new StoreCommand(),
        new CompareCommand(),
        new ReportCommand(),
        new TokenizeCommand(),
        new InspectCommand(),
        new DoctorCommand(),
    ];
}
