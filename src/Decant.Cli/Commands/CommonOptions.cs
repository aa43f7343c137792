using System.CommandLine;

namespace Decant.Cli.Commands;

/// <summary>Options that several commands share, so that they are named and described alike.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };
}
