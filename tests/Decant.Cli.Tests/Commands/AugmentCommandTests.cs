using System.Diagnostics;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Cli.Tests.Commands;

/// <summary><c>decant augment</c>, in this process and in processes that are killed.</summary>
public sealed class AugmentCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public AugmentCommandTests()
    {
        string[] letters = [.. Enumerable.Range('a', 26).Select(c => ((char)c).ToString())];
        string[] pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. letters, .. letters.Select(l => "##" + l), "film", "good", "bad", "."];
        var config = new BertConfig { VocabSize = pieces.Length, HiddenSize = 16, Layers = 2, Heads = 2, IntermediateSize = 24, MaxPositions = 64 };
        using var lm = new BertMaskedLm(config, new Initializer(new RandomStream(3, "weights"), 0.5));
        ModelDirectory.Save(model = folder.File("lm"), ModelKind.MaskedLm, config, lm.NamedParameters());
        new WordPieceTokenizer(new Vocabulary(pieces)).Save(model);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AGlueTaskIsAugmentedInItsOwnForm()
    {
        folder.Write("RTE/train.tsv", "index\tsentence1\tsentence2\tlabel\n0\tgood film .\tbad film .\tentailment\n");
        string vectors = folder.Write("v.txt", "xy 1 0\nyz 1 1\n");
        Cli made = Cli.Run("augment", model, "--vectors", vectors, "--task", "rte", "--data", folder.File("RTE"), "-o", folder.File("more.tsv"), "-n", "5").Done();
        string[] lines = File.ReadAllLines(folder.File("more.tsv"));
        Assert.Equal("index\tsentence1\tsentence2\tlabel", lines[0]);
        Assert.Equal("0\tgood film .\tbad film .\tentailment", lines[1]);
        Assert.InRange(lines.Length, 4, 13);
        Assert.Contains($"{lines.Length - 1} rows to", made.Output);
        Assert.All(lines.Skip(1), l => Assert.EndsWith("\tentailment", l));
    }

    [Fact]
    public void KilledAtAnyTimeItGoesOnToTheSameBytes()
    {
        var random = new Random(3);
        string[] words = ["film", "good", "bad", "xy", "q"];
        string input = folder.Write("in.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 4000).Select(i =>
            FormattableString.Invariant($"{string.Join(' ', Enumerable.Range(0, 2 + random.Next(8)).Select(_ => words[random.Next(5)]))},{i}\n"))));
        Finish(Start(input, "whole.csv"));
        int midway = 0;
        for (int kill = 0; kill < 6; kill++)
        {
            using Process process = Start(input, "killed.csv");
            long enough = PartLength() + 1 + random.Next(60_000);
            while (!process.HasExited && PartLength() < enough) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
            if (!File.Exists(folder.File("killed.csv"))) midway++;
        }
        Assert.True(midway > 0);
        Finish(Start(input, "killed.csv"));
        Assert.Equal(File.ReadAllBytes(folder.File("whole.csv")), File.ReadAllBytes(folder.File("killed.csv")));
        Assert.False(File.Exists(folder.File("killed.csv.part")) || File.Exists(folder.File("killed.csv.state.json")));
    }

    [Theory]
    [InlineData("Give either --task with --data, or --input.", 2, "augment", "LM", "-o", "O")]
    [InlineData("Give either --task with --data, or --input.", 2, "augment", "LM", "-o", "O", "-i", "x.csv", "--task", "rte", "--data", "d")]
    [InlineData("--task needs --data", 2, "augment", "LM", "-o", "O", "--task", "rte")]
    [InlineData("--task cannot be 'rt'. Did you mean rte?", 2, "augment", "LM", "-o", "O", "--task", "rt", "--data", "d")]
    [InlineData("--probability must be above 0 and at most 1.", 2, "augment", "LM", "-o", "O", "-i", "x.csv", "-p", "1.5")]
    [InlineData("--copies must be 1 or more.", 2, "augment", "LM", "-o", "O", "-i", "x.csv", "-n", "0")]
    [InlineData("x.csv: there is no such file.", 1, "augment", "LM", "-o", "O", "-i", "x.csv")]
    public void WrongUseIsExplained(string message, int code, params string[] args)
    {
        Cli result = Cli.Run([.. args.Select(a => a == "LM" ? model : a == "O" ? folder.File("out") : a)]);
        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error);
    }

    private long PartLength() => new FileInfo(folder.File("killed.csv.part")) is { Exists: true, Length: var length } ? length : 0;

    private Process Start(string input, string output)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (string word in (string[])[Path.Combine(AppContext.BaseDirectory, "decant-cli.dll"), "augment", model, "-i", input, "-o", folder.File(output), "-n", "3"]) start.ArgumentList.Add(word);
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
}
