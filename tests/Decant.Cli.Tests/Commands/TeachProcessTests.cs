using System.Diagnostics;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Commands;

/// <summary><c>decant teach</c> in processes of its own, some of which are killed.</summary>
public sealed class TeachProcessTests : IDisposable
{
    private const int Kills = 50, Chains = 2;

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
    public async Task BuildsThatAreKilledFiftyTimesEndInTheSameBytes()
    {
        Finish(Start("whole"));
        // Two builds at a time; each goes on after every kill, and where one is done before its kills are the next begins.
        int[] midway = await Task.WhenAll(Enumerable.Range(0, Chains).Select(chain => Task.Run(() => KillAgainAndAgain(chain, Kills / Chains))));
        Assert.True(midway.Sum() > Kills / 2, $"only {midway.Sum()} of {Kills} kills came while records were written");
    }

    private int KillAgainAndAgain(int chain, int kills)
    {
        var random = new Random(5 + chain);
        int midway = 0;
        for (int killed = 0, build = 0; killed < kills;)
        {
            string store = $"killed-{chain}-{build}";
            using Process process = Start(store);
            bool wasKilled = Kill(process, store, random);
            StoreManifest? manifest = File.Exists(Path.Combine(folder.File(store), "manifest.json")) ? StoreManifest.Read(folder.File(store)) : null;
            if (wasKilled) killed++;
            if (wasKilled && manifest is { Complete: false }) midway++;
            if (killed < kills && manifest is not { Complete: true }) continue;
            Finish(Start(store));
            foreach (string file in Directory.EnumerateFiles(folder.File("whole")))
                Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder.File(store), Path.GetFileName(file))));
            build++;
        }
        return midway;
    }

    // At a random time, or when a random number of bytes more is on disk: the first hits the start, the second the writing.
    private bool Kill(Process process, string store, Random random)
    {
        string shard = Path.Combine(folder.File(store), "shard-00000.bin");
        long Length() => new FileInfo(shard) is { Exists: true, Length: var length } ? length : 0;
        long enough = random.Next(5) == 0 ? 0 : Length() + random.Next(1, 60_000);
        if (enough == 0) Thread.Sleep(random.Next(0, 1500));
        else
            while (!process.HasExited && Length() < enough) Thread.Sleep(1);
        process.Kill();
        process.WaitForExit();
        return process.ExitCode == 128 + 9;
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
            Environment = { ["OMP_NUM_THREADS"] = "1" },
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
