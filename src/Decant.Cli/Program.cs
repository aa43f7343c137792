using Decant.Cli;
using Decant.Cli.Terminal;

using var interrupt = new Interrupt();
using Session session = Session.OfProcess(interrupt.Token);
int code = CommandLine.Run(args, session);
return interrupt.ExitCode ?? code;
