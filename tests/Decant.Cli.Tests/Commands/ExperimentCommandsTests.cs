using System.Text.Json;
using Decant.Tests;

namespace Decant.Cli.Tests.Commands;

/// <summary>The commands that train, one after another, on a model of a few thousand parameters.</summary>
public sealed class ExperimentCommandsTests : IDisposable
{
    private const string Recipe = """
        task: { name: synthetic, maxLength: 48, synthetic: { seed: 3, train: 96, dev: 32 } }
        student: { config: { layers: 2, hidden: 16, heads: 2, maxPositions: 48 } }
        stages:
          - { name: train, epochs: 2, batchSize: 16, optimizer: { learningRate: 1e-3 }, objectives: { hardLabels: { weight: 1 } } }
        seeds: [1, 2]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recipe_is_planned_run_evaluated_compared_reported_and_used()
    {
        string recipe = _folder.Write("tiny.yaml", Recipe), run = _folder.File("run");
        Assert.Contains("12 updates, 2 epochs", Cli.Run("plan", recipe, "-o", run).Done().Output);
        Assert.False(Directory.Exists(run));

        Cli trained = Cli.Run("run", recipe, "--set", "stages.0.epochs=1", "-o", run).Done();
        Assert.Contains("student, seed 2", trained.Error);
        Assert.Contains("tiny", trained.Output);
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
        Assert.Contains("epochs: 1", File.ReadAllText(Path.Combine(run, "recipe.yaml")));

        using JsonDocument compared = JsonDocument.Parse(Cli.Run("compare", run, "--json").Done().Output);
        JsonElement score = compared.RootElement[0].GetProperty("scores").GetProperty("accuracy");
        Assert.Equal(2, score.GetProperty("seeds").GetInt32());

        string best = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement.GetProperty("bestSeed").GetInt32().ToString();
        using JsonDocument seed = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, $"seed-{best}", "result.json")));
        using JsonDocument evaluated = JsonDocument.Parse(Cli.Run("evaluate", run, "--json").Done().Output);
        Assert.Equal(32, evaluated.RootElement.GetProperty("examples").GetInt32());
        Assert.Equal(seed.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble(),
            evaluated.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble());

        string page = _folder.File("page.html");
        Assert.Equal(page + "\n", Cli.Run("report", run, "-o", page, "--title", "A title of its own").Done().Output);
        Assert.Contains("A title of its own", File.ReadAllText(page));

        Assert.Contains("2 layers", Cli.Run("inspect", run).Done().Output);
    }

    [Fact]
    public void Texts_and_files_are_labelled_alike()
    {
        string recipe = _folder.Write("tiny.yaml", Recipe), run = _folder.File("run");
        Cli.Run("run", recipe, "--set", "seeds=[1]", "-o", run).Done();
        string[] texts = ["The lens is not dull.", "A film, \"quoted\", of sorts."];
        string direct = Cli.Run(["predict", run, .. texts]).Done().Output;
        Assert.Equal(2, direct.TrimEnd('\n').Split('\n').Length);
        using JsonDocument first = JsonDocument.Parse(direct.Split('\n')[0]);
        JsonElement scores = first.RootElement.GetProperty("scores");
        Assert.Equal(1, scores.GetProperty("negative").GetDouble() + scores.GetProperty("positive").GetDouble(), 1e-5);
        Assert.Equal(first.RootElement.GetProperty("score").GetDouble(), scores.GetProperty(first.RootElement.GetProperty("label").GetString()!).GetDouble());

        Assert.Equal(direct, Cli.RunWith(string.Join('\n', texts), "predict", run).Done().Output);
        string csv = _folder.Write("in.csv", $"review,x\n{texts[0]},1\n\"A film, \"\"quoted\"\", of sorts.\",2\n");
        Assert.Equal(direct, Cli.Run("predict", run, "-i", csv, "--text-column", "review").Done().Output);

        string output = _folder.File("out.csv");
        Cli.Run("predict", run, "-i", csv, "--text-column", "review", "-o", output).Done();
        string[] lines = File.ReadAllLines(output);
        Assert.Equal("text,pair,label,score:negative,score:positive", lines[0]);
        Assert.StartsWith("\"A film, \"\"quoted\"\", of sorts.\",,", lines[2]);
    }

    [Fact]
    public void A_stopped_run_says_how_to_go_on_and_does()
    {
        string recipe = _folder.Write("tiny.yaml", Recipe), run = _folder.File("run");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Cli stopped = Cli.RunWith("", stop.Token, "run", recipe, "-o", run);
        Assert.Equal(ExitCodes.Interrupted, stopped.Code);
        Assert.Contains("--resume", stopped.Error);
        Assert.Contains("is not finished", Cli.Run("compare", run).Error);
        Cli.Run("run", recipe, "-o", run, "--resume").Done();
        Assert.Contains("done before", Cli.Run("run", recipe, "-o", run, "--resume").Done().Error);
    }

    [Fact]
    public void The_short_forms_train_a_teacher_and_distil_it()
    {
        string recipe = _folder.Write("tiny.yaml", Recipe), start = _folder.File("start"), teacher = _folder.File("teacher"), student = _folder.File("student");
        Cli.Run("run", recipe, "--set", "seeds=[1]", "-o", start).Done();
        string model = Path.Combine(start, "seed-1", "model");
        string[] data = ["--task", "synthetic", "--set", "task.synthetic={train: 64, dev: 32}", "--max-length", "48", "--epochs", "1", "--batch-size", "16"];
        Cli.Run(["finetune", model, "-o", teacher, .. data]).Done();
        Cli distilled = Cli.Run(["distill", teacher, "--student", model, "--layers", "first 2", "--temperature", "5", "-o", student, .. data]).Done();
        Assert.Contains("synthetic-pkd-skip", distilled.Output);
        Assert.Contains("teacher", distilled.Output);
        string yaml = File.ReadAllText(Path.Combine(student, "recipe.yaml"));
        Assert.Contains("temperature: 5", yaml);
        Assert.Contains("patience:", yaml);
        Assert.Equal(yaml, Cli.Run(["distill", teacher, "--student", model, "--layers", "first 2", "--temperature", "5", "-o", student, .. data, "--print-recipe"]).Done().Output);
    }

    [Fact]
    public void A_sweep_tries_every_setting_once()
    {
        string recipe = _folder.Write("tiny.yaml", Recipe), output = _folder.File("sweep");
        string sweep = _folder.Write("sweep.yaml", $$"""
            recipe: {{Path.GetFileName(recipe)}}
            grid: { stages.0.optimizer.learningRate: [1e-3, 1e-4] }
            seeds: [1]
            output: {{output}}
            """);
        Assert.Equal(2, Cli.Run("sweep", sweep, "--list").Done().Output.Split('\n').Count(line => line.StartsWith("open", StringComparison.Ordinal)));
        Cli swept = Cli.Run("sweep", sweep).Done();
        Assert.Contains("learningRate 1e-", swept.Output);
        Assert.Contains("trial 2 of 2", swept.Error);
        Assert.Equal(2, Cli.Run("sweep", sweep, "--list").Done().Output.Split('\n').Count(line => line.StartsWith("done", StringComparison.Ordinal)));
        Assert.DoesNotContain("trial", Cli.Run("sweep", sweep).Done().Error);
    }

    [Fact]
    public void The_quickstart_compares_its_systems_and_writes_a_report()
    {
        string output = _folder.File("quickstart");
        Cli result = Cli.Run("quickstart", "-o", output, "--set", "task.synthetic={train: 64, dev: 32}", "--set", "stages.0.batchSize=32").Done();
        foreach (string system in new[] { "quickstart-teacher", "quickstart-finetune", "quickstart-kd", "quickstart-pkd-skip" })
            Assert.Contains(system, result.Output);
        Assert.Contains("Faster", result.Output);
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
    }
}
