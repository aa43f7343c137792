using System.Diagnostics;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Commands;

/// <summary><c>decant teach</c> in processes of its own, some of which are killed.</summary>
public sealed class TeachProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string recipe;

    public TeachProcessTests()
    {
        const string Task = "task: { name: synthetic, synthetic: { train: 3000, dev: 20 }, maxLength: 64 }\nthreads: 1\n";
        var teacher = new RecipeFile(KnownObjectives.Catalog).Parse(Task + $$"""
            student: { config: { layers: 4, hidden: 32, heads: 2, intermediate: 64, maxPositions: 64 } }
            stages: [ { steps: 2, objectives: { hardLabels: {} } } ]
            output: {{folder.File("teacher")}}
            """);
        new Experiment(teacher, new Silent()).Run();
        recipe = folder.Write("student.yaml", Task + $$"""
            teacher: { model: {{folder.File("teacher")}} }
            student: { from: teacher, layers: first 3 }
            stages: [ { epochs: 1, objectives: { softLabels: {}, patience: {} } } ]
            output: {{folder.File("student")}}
            """);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void KilledBuildsGoOnToTheSameBytes()
    {
        Finish(Start("whole"));
        var random = new Random(5);
        int midway = 0;
        for (int kill = 0; kill < 3; kill++)
        {
            string store = $"killed-{kill}", shard = Path.Combine(folder.File(store), "shard-00000.bin");
            using Process process = Start(store);
            long enough = random.Next(1, 300_000);
            while (!process.HasExited && !(File.Exists(shard) && new FileInfo(shard).Length >= enough)) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
            if (!StoreManifest.Read(folder.File(store)).Complete) midway++;
            Finish(Start(store));
            foreach (string file in Directory.EnumerateFiles(folder.File("whole")))
                Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder.File(store), Path.GetFileName(file))));
        }
        Assert.InRange(midway, 1, 3);
    }

    [Fact]
    public void ASecondBuilderOnOneFolderIsRefused()
    {
        Directory.CreateDirectory(folder.File("held"));
        using FileStream first = new(Path.Combine(folder.File("held"), "build.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using Process second = Start("held");
        string error = second.StandardError.ReadToEnd();
        second.WaitForExit();
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("cannot be locked; another process may be building it", error);
    }

    private Process Start(string store)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string word in (string[])[Path.Combine(AppContext.BaseDirectory, "decant-cli.dll"), "teach", recipe, "--store", folder.File(store)]) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    private static void Finish(Process process)
    {
        using (process)
        {
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
        }
    }

    private sealed class Silent : IExperimentObserver;
}
