using Decant.Distillation.Experiments;
using Decant.Models.Checkpoints;
using Decant.Tests;

namespace Decant.Cli.Tests.Commands;

/// <summary><c>decant prune</c> from a teacher to a student that every other command reads.</summary>
public sealed class PruneCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string teacher;

    public PruneCommandTests()
    {
        teacher = folder.File("teacher");
        Cli.Run("run", folder.Write("teacher.yaml", $$"""
            task: { name: synthetic, synthetic: { train: 64, dev: 20 }, maxLength: 32 }
            student: { config: { layers: 3, hidden: 16, heads: 4, intermediate: 20, maxPositions: 32 } }
            stages: [ { steps: 4, objectives: { hardLabels: {} } } ]
            output: {{teacher}}
            threads: 1
            """)).Done();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AStudentIsMadeAndReadByOtherCommands()
    {
        string student = folder.File("student");
        Cli made = Cli.Run("prune", teacher, "-o", student, "--layers", "first 2", "--heads", "2", "--intermediate", "7", "--embedding-rank", "4", "--scope", "model").Done();
        Assert.Contains("importance: 2 steps", made.Error);
        Assert.Contains("word table of rank 4", made.Output);
        Assert.Contains($"written to  {student}", made.Output);
        Assert.True(ModelDirectory.Open(student).Config.IsPruned);

        Cli inspected = Cli.Run("inspect", student).Done();
        Assert.Contains("factors of rank 4", inspected.Output);
        Assert.Contains("of 4 heads of 4", inspected.Output);
        Assert.Equal(2, Cli.Run("predict", student, "good", "a bad film").Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("3 from", Cli.Run("evaluate", student, "-i", OwnFile()).Done().Output);
    }

    [Fact]
    public void OwnFilesMayMeasureImportance()
    {
        Cli.Run("prune", teacher, "-o", folder.File("student"), "--heads", "1", "-i", OwnFile(), "--steps", "2").Done();
        Assert.Equal(1, ModelDirectory.Open(folder.File("student")).Config.HeadsOf(2));
    }

    [Theory]
    [InlineData("Option '--output' is required", 2, "prune", "T")]
    [InlineData("--heads must be 1 or more.", 2, "prune", "T", "-o", "S", "--heads", "0")]
    [InlineData("--task needs --data", 2, "prune", "T", "-o", "S", "--heads", "1", "--task", "rte")]
    [InlineData("--layers must be 'all', 'first 6', 'last 3'", 1, "prune", "T", "-o", "S", "--layers", "some")]
    [InlineData("Nothing would be cut off", 1, "prune", "T", "-o", "S")]
    [InlineData("has 4 heads in a layer; 5 cannot be kept.", 1, "prune", "T", "-o", "S", "--heads", "5")]
    public void WrongUseIsExplained(string message, int code, params string[] args)
    {
        Cli result = Cli.Run([.. args.Select(a => a == "T" ? teacher : a == "S" ? folder.File("student") : a)]);
        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(folder.File("student")));
    }

    private string OwnFile()
    {
        IReadOnlyList<string> labels = ModelDirectory.Open(ModelLocation.Resolve(teacher)).Labels!.Names;
        return folder.Write("own.csv", $"text,label\ngood,{labels[0]}\nbad,{labels[1]}\nfine,{labels[0]}\n");
    }
}
