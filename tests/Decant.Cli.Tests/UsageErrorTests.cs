namespace Decant.Cli.Tests;

public class UsageErrorTests
{
    [Theory]
    [InlineData("docter", "There is no command 'docter'. Did you mean doctor?")]
    [InlineData("xyzzy", "There is no command 'xyzzy'.")]
    [InlineData("--vebose", "There is no option '--vebose'. Did you mean --verbose?")]
    [InlineData("doctor --jsn", "There is no option '--jsn'. Did you mean --json?")]
    [InlineData("doctor now", "doctor takes no further argument, but there is 'now'.")]
    [InlineData("run", "RECIPE is missing.")]
    [InlineData("inspect", "MODEL is missing.")]
    [InlineData("compare", "RUN is missing.")]
    [InlineData("tokenize vocab.txt --max-length 0", "--max-length must be 1 or more.")]
    [InlineData("tokenize vocab.txt --max-length many", "--max-length must be a number, but is 'many'.")]
    [InlineData("tokenize vocab.txt --truncation only-frist", "--truncation cannot be 'only-frist'. Did you mean only-first? Known: longest-first, only-first, only-second, none.")]
    [InlineData("evaluate model --batch-size 0", "--batch-size must be 1 or more.")]
    [InlineData("evaluate model --task rte", "--task needs --data, the folder with the task's files.")]
    [InlineData("evaluate model --task rte --data d -i f", "Give either --task or --input, not both.")]
    [InlineData("predict model text -i file", "Give either TEXT or --input, not both.")]
    [InlineData("predict model --pair text", "--pair needs a TEXT; for files name the column with --pair-column.")]
    [InlineData("finetune model", "Give either --task with --data, or your own files with --train and --dev.")]
    [InlineData("finetune model --train file", "Own data needs both --train and --dev.")]
    [InlineData("finetune model --task rte", "--task needs --data, the folder with the task's files.")]
    [InlineData("finetune model --task synthetic --kind regresion", "--kind cannot be 'regresion'. Did you mean regression? Known: singleLabel, multiLabel, regression.")]
    [InlineData("distill teacher --task synthetic --method pkd", "--method cannot be 'pkd'. Did you mean kd? Known: kd, pkd-skip, pkd-last.")]
    public void A_wrong_command_line_is_explained_and_ends_with_2(string line, string message)
    {
        Cli result = Cli.Run(line.Split(' '));
        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"error: {message}\n", result.Error);
        Assert.EndsWith("--help\n", result.Error);
    }

    [Theory]
    [InlineData("inspect /no/such/model", "/no/such/model does not exist. Name a model folder, or the folder of a finished run.")]
    [InlineData("compare /no/such/run", "/no/such/run does not exist. Name the folder of a run.")]
    [InlineData("run /no/such/recipe.yaml", "/no/such/recipe.yaml: there is no such file.")]
    [InlineData("tokenize /no/such/vocab.txt", "/no/such/vocab.txt")]
    [InlineData("finetune model --train a.csv --dev b.csv --epochs 0", "--epochs: stages.0.epochs must be a number above 0 to 10000, but is 0.")]
    public void What_cannot_be_done_is_one_message_without_a_stack_trace_and_ends_with_1(string line, string message)
    {
        Cli result = Cli.Run(line.Split(' '));
        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"error: {message}", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public void Verbose_shows_where_an_error_arose()
    {
        Cli result = Cli.Run("inspect", "/no/such/model", "--verbose");
        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.Contains("   at Decant.", result.Error);
    }
}
