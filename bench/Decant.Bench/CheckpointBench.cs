using System.Diagnostics;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Torch.Random;
using Decant.Torch.Serialization;

namespace Decant.Bench;

/// <summary>
/// How long does it take to read and write a model? <c>checkpoints [DIRECTORY]</c>: a classifier's directory in any form;
/// without one, BERT-base with random weights is written to a temporary folder and used.
/// </summary>
internal static class CheckpointBench
{
    private const int Passes = 3;

    public static void Run(string[] args)
    {
        if (args.Length > 1) throw new DecantException("usage: checkpoints [DIRECTORY]");
        Console.WriteLine(Machine.Describe());
        string work = Directory.CreateTempSubdirectory("decant-bench-").FullName;
        try
        {
            string directory = args.Length == 1 ? args[0] : Path.Combine(work, "bert-base");
            if (args.Length == 0) WriteBertBase(directory);
            Measure(directory, work);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void WriteBertBase(string directory)
    {
        var config = new BertConfig();
        using var model = new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.02));
        ModelDirectory.Save(directory, ModelKind.SequenceClassification, config, model.NamedParameters());
    }

    private static void Measure(string directory, string work)
    {
        long bytes;
        using (ICheckpoint checkpoint = CheckpointReader.Open(directory))
        {
            bytes = checkpoint.Names.Sum(name => checkpoint.Get(name).ByteCount);
            Console.WriteLine($"{checkpoint.Path}: {checkpoint.Names.Count} tensors, {bytes} bytes");
        }
        Time("open and check", () => CheckpointReader.Open(directory).Dispose());
        Time("copy to safetensors", () => Copy(directory, Path.Combine(work, "copy.safetensors")));
        Time("make a classifier and fill it", () => BertLoader.LoadClassifier(ModelDirectory.Open(directory)).Dispose());
        using BertClassifier model = BertLoader.LoadClassifier(ModelDirectory.Open(directory));
        Time("save a classifier", () => ModelDirectory.Save(Path.Combine(work, "saved"), ModelKind.SequenceClassification, model.Config, model.NamedParameters()));
        Console.WriteLine($"peak memory: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
    }

    private static void Copy(string directory, string target)
    {
        using ICheckpoint source = CheckpointReader.Open(directory);
        var writer = new SafetensorsWriter();
        foreach (string name in source.Names) writer.Add(source.Get(name));
        writer.Save(target);
    }

    /// <summary>The first pass, which pays for what is compiled and loaded, and the best of the others; processor time beside, for a machine that has other work.</summary>
    private static void Time(string what, Action action)
    {
        var wall = new double[Passes];
        var processor = new double[Passes];
        for (int i = 0; i < Passes; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            action();
            wall[i] = watch.Elapsed.TotalMilliseconds;
            processor[i] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }
        Console.WriteLine($"{what}: first {wall[0]:F0} ms (processor {processor[0]:F0} ms), best {wall[1..].Min():F1} ms (processor {processor[1..].Min():F1} ms)");
    }
}
