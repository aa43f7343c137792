using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Tests.Reports.Html;

/// <summary>A report of made-up figures in the shape of a real one: a teacher and four students, three seeds each.</summary>
internal static class SampleReport
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 0, TimeSpan.Zero);

    public static ComparisonTable Comparison { get; } = new()
    {
        Scores = [ScoreColumn.Of("accuracy"), ScoreColumn.Of("f1")],
        TimeOf = "872 sentences in batches of 128 × 128 tokens, 2 threads",
        Rows = [.. Systems.Select((system, i) => new ComparisonRow
        {
            System = system.Name, IsTeacher = system.IsTeacher, Parameters = system.Parameters, Bytes = system.Parameters * 4, Seconds = system.Seconds,
            Scores = new Dictionary<string, SeedStatistics> { ["accuracy"] = Scores(i, system.Score, system.IsTeacher), ["f1"] = Scores(i + 10, system.Score - 0.01, system.IsTeacher) },
        })],
    };

    public static ReportModel Model { get; } = new()
    {
        Title = "SST-2: 12 layers into 6 and 3",
        Subtitle = "Sentiment of film reviews, 67,349 training sentences. Fine-tuning, vanilla KD and PKD compared.",
        Created = Start.AddHours(3),
        Comparison = Comparison,
        Runs = [.. Systems.SelectMany((system, i) => Enumerable.Range(1, system.IsTeacher ? 1 : 3).Select(seed => Run(system.Name, system.IsTeacher, i, seed)))],
        Environment = new EnvironmentInfo { Decant = "0.1.0", Commit = "0123456789abcdef", OperatingSystem = "Debian GNU/Linux 12", Cpu = "Example CPU @ 2.60GHz", Cores = 2, MemoryBytes = 24_696_000_000, DotNet = "10.0.1", Threads = 2, Libtorch = "1.13.1", Blas = "OpenBLAS 0.3.21", Device = "cpu" },
        Command = "decant run recipes/pkd-sst2.yaml --seeds 1,2,3",
        Notes = ["PKD-Last stays behind vanilla KD here, unlike in the paper."],
    };

    private static (string Name, bool IsTeacher, double Score, long Parameters, double Seconds)[] Systems =>
    [
        ("Teacher, 12 layers", true, 0.874, 11_200_000, 8.44),
        ("Fine-tuning, 6 layers", false, 0.846, 8_530_000, 4.31),
        ("KD, 6 layers", false, 0.853, 8_530_000, 4.29),
        ("PKD-Skip, 6 layers", false, 0.861, 8_530_000, 4.30),
        ("PKD-Last, 6 layers", false, 0.851, 8_530_000, 4.30),
        ("PKD-Skip, 3 layers", false, 0.829, 7_200_000, 2.19),
    ];

    private static SeedStatistics Scores(int system, double mean, bool single) =>
        single ? new SeedStatistics(mean) : new SeedStatistics([.. Enumerable.Range(1, 3).Select(seed => mean + 0.006 * Noise(system, seed, 0))]);

    private static ReportRun Run(string system, bool isTeacher, int number, int seed)
    {
        bool distils = system.Contains("KD", StringComparison.Ordinal), patient = system.Contains("PKD", StringComparison.Ordinal);
        var entries = new List<MetricsEntry>();
        for (int step = 20; step <= 4000; step += 20)
        {
            double decay = Math.Exp(-step / 900.0), noise = 0.08 * Noise(number, seed, step);
            double hard = 0.18 + 0.5 * decay + noise + number * 0.01, soft = 0.3 + 1.4 * decay + 2 * noise, patience = 0.0008 + 0.003 * decay + 0.004 * noise * 0.1;
            var values = new List<KeyValuePair<string, double>> { new("loss/hardLabels", hard) };
            if (distils) values.Add(new("loss/softLabels", soft));
            if (patient) values.Add(new("loss/patience", patience));
            values.Add(new("loss/total", distils ? 0.3 * hard + 0.7 * soft + (patient ? 100 * patience : 0) : hard));
            values.Add(new("learningRate", 5e-5 * Math.Min(step / 400.0, (4000 - step) / 3600.0)));
            values.Add(new("tokensPerSecond", 21000 - 1500 * number + 600 * Noise(number, seed, step + 1)));
            entries.Add(new MetricsEntry { Step = step, Epoch = step / 1000.0, Time = Start.AddSeconds(step * 0.05), Kind = MetricsKind.Train, Values = values });
            if (step % 500 == 0)
                entries.Add(new MetricsEntry
                {
                    Step = step, Epoch = step / 1000.0, Time = Start.AddSeconds(step * 0.05), Kind = MetricsKind.Eval,
                    Values = [new("accuracy", 0.5 + (Systems[number].Score - 0.5) * (1 - Math.Exp(-step / 450.0)) + 0.006 * Noise(number, seed, step)), new("f1", 0.49 + (Systems[number].Score - 0.5) * (1 - Math.Exp(-step / 500.0)) + 0.006 * Noise(number, seed, step)), new("loss", 0.36 + 0.3 * Math.Exp(-step / 500.0) + 0.00003 * step)],
                });
        }
        return new ReportRun { System = system, IsTeacher = isTeacher, Entries = entries, Recipe = $"name: {system}\ntask: {{ name: sst-2 }}\nstudent:\n  layers: first 6\nobjectives:\n  hardLabels: {{ weight: 0.3 }}\n" };
    }

    /// <summary>−1 … 1, the same at every run.</summary>
    private static double Noise(int system, int seed, int step) => (BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{system}/{seed}/{step}"))) / (double)uint.MaxValue) * 2 - 1;
}
