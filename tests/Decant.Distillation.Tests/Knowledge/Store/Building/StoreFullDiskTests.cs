using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;

namespace Decant.Tests.Knowledge.Store.Building;

/// <summary>A build on a real file system that fills up, at several places.</summary>
public sealed class StoreFullDiskTests : IDisposable
{
    private static readonly StoreBuildOptions Options = new() { BlockBytes = 2000, ShardBytes = 30_000 };

    private readonly TemporaryFolder folder = new();
    private readonly SmallTeacher teacher = new(120);

    public void Dispose()
    {
        teacher.Dispose();
        folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(0)]   // not even the manifest
    [InlineData(8)]   // the first shard
    [InlineData(60)]  // a later shard
    public void What_was_written_is_kept_and_gone_on_with(int kilobytesLeft)
    {
        Build(folder.File("whole"));
        Directory.CreateDirectory(folder.File("small"));
        using SmallDisk disk = SmallDisk.Mount(folder.File("small"), 8192);
        string store = Path.Combine(disk.Folder, "store");
        disk.FillBut(kilobytesLeft);
        string error = Assert.Throws<DecantException>(() => Build(store)).Message;
        Assert.Contains("No space left on device", error);
        Assert.Contains(disk.Folder, error);
        long before = Directory.Exists(store) ? Directory.EnumerateFiles(store, "shard-*").Sum(f => new FileInfo(f).Length) : 0;
        if (kilobytesLeft > 20) Assert.InRange(before, 30_000, kilobytesLeft * 1024);

        disk.Free();
        Build(store);
        foreach (string file in Directory.EnumerateFiles(folder.File("whole")))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(store, Path.GetFileName(file))));
        Assert.Empty(StoreVerifier.Verify(store).Problems);
    }

    private void Build(string store) => teacher.Build(store, SmallTeacher.Everything, Options);
}
