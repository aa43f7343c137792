using Decant.Distillation.Experiments;
using Decant.Distillation.Runs;

namespace Decant.Tests.Runs;

/// <summary>Finished runs as they lie on disk, without training any.</summary>
internal sealed class RunsOnDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Root => folder.Root;

    public string Path(string name) => folder.File(name);

    /// <summary>Writes a run of a GLUE task: recipe, result, and weights of a certain size.</summary>
    public RunFolder Write(string name, string? teacher = null, string task = "sst-2", Dictionary<string, double>[]? scores = null, string? runName = null, string extra = "")
    {
        scores ??= [new() { ["accuracy"] = 0.8 }];
        folder.Write($"{name}/recipe.yaml", $$"""
            name: {{runName ?? name}}
            task: { name: {{task}}, data: glue }
            {{(teacher is null ? "" : $"teacher: {teacher}")}}
            student: { from: models/bert }
            stages: [ { epochs: 1, objectives: { hardLabels: {} } } ]
            output: {{folder.File(name)}}
            {{extra}}
            """);
        var result = new RunResult
        {
            Name = runName ?? name, Task = task, BestMetric = scores[0].Keys.First(), BestSeed = scores.Length,
            Seeds = [.. scores.Select((metrics, i) => new SeedResult { Seed = i + 1, Metrics = metrics, BestMetric = metrics.Keys.First(), Parameters = 1000, Updates = 7, Seconds = 2 })],
            Teacher = teacher is null ? null : new() { ["accuracy"] = 0.9 }, TeacherParameters = teacher is null ? null : 4000,
        };
        ResultFile.Write(new RunPaths(folder.File(name)).Result, result);
        for (int seed = 1; seed <= scores.Length; seed++)
        {
            folder.Write($"{name}/seed-{seed}/model/model.safetensors", new byte[100 * seed]);
            folder.Write($"{name}/seed-{seed}/model/config.json", "{}");
        }
        return RunFolder.Open(folder.File(name));
    }

    public string File(string name, string text) => folder.Write(name, text);

    public void Dispose() => folder.Dispose();
}
