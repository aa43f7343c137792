using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Tests.Knowledge.Store.Building;

/// <summary>A build that was killed anywhere gives, once it has gone on, the very bytes of one that was not.</summary>
public class StoreResumeTests
{
    private static readonly StoreBuildOptions small = new() { Values = StoreValues.Float32, BlockBytes = 4000, ShardBytes = 120_000 };

    [Theory]
    [InlineData(StoreCompression.None)]
    [InlineData(StoreCompression.Brotli)]
    public void FiftyKillsAtAnyByteLeaveNoTrace(StoreCompression compression)
    {
        StoreBuildOptions options = small with { Compression = compression };
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(80);
        string whole = folder.File("whole");
        teacher.Build(whole, SmallTeacher.Everything, options);
        string[] shards = [.. Directory.EnumerateFiles(whole, "shard-*").Order()];
        Assert.InRange(shards.Length, 3, 99);
        string manifest = File.ReadAllText(Path.Combine(whole, "manifest.json"));
        var random = new Random(11);
        for (int kill = 0; kill < 50; kill++)
        {
            string path = folder.File($"killed-{kill}");
            CutAt(whole, shards, path, random, manifest);
            var progress = new Progress();
            new StoreBuilder(path, teacher.Source(SmallTeacher.Everything), options).Build(teacher.Online, observer: progress);
            AssertSameFiles(whole, path);
            Directory.Delete(path, recursive: true);
        }
    }

    [Fact]
    public void AStoppedBuildGoesOnAtTheFirstRecordThatIsNotThere()
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(600);
        teacher.Build(folder.File("whole"), options: small);
        using var stop = new CancellationTokenSource();
        var first = new Progress { After = (records, _) => stop.Cancel() };
        var builder = new StoreBuilder(folder.File("stopped"), teacher.Source(), small);
        Assert.Throws<OperationCanceledException>(() => builder.Build(teacher.Online, observer: first, stop: stop.Token));
        Assert.InRange(first.Records, 1, 599);
        var second = new Progress();
        builder.Build(teacher.Online, observer: second);
        Assert.Equal(first.Records, second.ResumedAt);
        AssertSameFiles(folder.File("whole"), folder.File("stopped"));
        var third = new Progress();
        builder.Build(teacher.Online, observer: third);
        Assert.Equal(-1, third.ResumedAt); // all was there: the teacher did not run
    }

    [Fact]
    public void ADiskThatFillsUpLosesNothing()
    {
        using var folder = new TemporaryFolder();
        using var teacher = new SmallTeacher(300);
        teacher.Build(folder.File("whole"), options: small);
        long room = 9000;
        StoreBuildOptions full = small with
        {
            Write = (file, bytes, position) =>
            {
                int fits = (int)Math.Min(bytes.Length, room);
                RandomAccess.Write(file, bytes[..fits], position);
                room -= fits;
                if (fits < bytes.Length) throw new IOException("No space left on device");
            },
        };
        string message = Assert.Throws<DecantException>(() => teacher.Build(folder.File("full"), options: full)).Message;
        Assert.Contains("No space left on device. All records before this are safe; free some space or check the permissions, then run the same command again", message);
        Assert.Contains("is not finished. Go on with 'decant teach'", Assert.Throws<DecantException>(() => KnowledgeStore.Open(folder.File("full"))).Message);
        var progress = new Progress();
        new StoreBuilder(folder.File("full"), teacher.Source(), small).Build(teacher.Online, observer: progress);
        Assert.True(progress.ResumedAt > 0);
        AssertSameFiles(folder.File("whole"), folder.File("full"));
    }

    internal static void AssertSameFiles(string expected, string actual)
    {
        string[] names = [.. Directory.EnumerateFiles(expected).Select(f => Path.GetFileName(f)!).Order()];
        Assert.Equal(names, Directory.EnumerateFiles(actual).Select(f => Path.GetFileName(f)!).Order());
        foreach (string name in names) Assert.Equal(File.ReadAllBytes(Path.Combine(expected, name)), File.ReadAllBytes(Path.Combine(actual, name)));
    }

    // The folder as it was on disk when that many of its bytes had been written.
    private static void CutAt(string whole, string[] shards, string path, Random random, string manifest)
    {
        Directory.CreateDirectory(path);
        File.Create(Path.Combine(path, "build.lock")).Dispose();
        string unfinished = manifest.Replace("\"complete\": true", "\"complete\": false");
        unfinished = unfinished[..unfinished.IndexOf("\"shards\"", StringComparison.Ordinal)] + "\"shards\": []\n}\n";
        File.WriteAllText(Path.Combine(path, "manifest.json"), unfinished);
        long left = random.NextInt64(shards.Sum(s => new FileInfo(s).Length) + 1);
        foreach (string shard in shards)
        {
            byte[] bytes = File.ReadAllBytes(shard);
            File.WriteAllBytes(Path.Combine(path, Path.GetFileName(shard)), bytes[..(int)Math.Min(left, bytes.Length)]);
            if (left < bytes.Length) return;
            left -= bytes.Length;
        }
    }

    private sealed class Progress : IStoreBuildObserver
    {
        public long ResumedAt { get; private set; } = -1;
        public long Records { get; private set; }
        public Action<long, long>? After { get; init; }

        public void Started(long records, long resumedAt) => ResumedAt = resumedAt;

        public void Advanced(long records, long bytes)
        {
            Records = records;
            After?.Invoke(records, bytes);
        }
    }
}
