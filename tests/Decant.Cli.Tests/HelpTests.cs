using System.CommandLine;
using Decant.Cli.Commands;
using Decant.Tests;

namespace Decant.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. AllCommands.Create().Select(command => command.Name)];

    [Fact]
    public void Without_arguments_the_commands_are_listed() =>
        ExpectedText.Check("help.txt", Cli.Run().Done().Output);

    [Theory, MemberData(nameof(Commands))]
    public void Every_command_explains_itself_with_examples(string command)
    {
        string help = Cli.Run(command, "--help").Done().Output;
        Assert.Contains("Examples:", help);
        ExpectedText.Check($"help-{command}.txt", help);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Every_example_is_a_command_line_that_parses(string command)
    {
        var root = new RootCommand();
        CliCommand[] commands = [.. AllCommands.Create()];
        foreach (CliCommand one in commands) root.Add(one);
        foreach ((string line, _) in commands.Single(one => one.Name == command).Examples)
        {
            string call = line[line.IndexOf("decant ", StringComparison.Ordinal)..].Split(" > ")[0]["decant ".Length..];
            Assert.StartsWith(command, call);
            Assert.Empty(root.Parse(ShellWords.Split(call)).Errors);
        }
    }

    [Fact]
    public void Help_wins_over_mistakes_on_the_same_line() =>
        Assert.Contains("Usage:", Cli.Run("run", "--help").Done().Output);

    [Fact]
    public void The_version_is_told() =>
        Assert.Matches(@"^\d+\.\d+\.\d+", Cli.Run("--version").Done().Output);
}
