using Decant.Distillation.Augmentation;
using Decant.Tests;
using Decant.Text.Augmentation;
using Decant.Text.Data;

namespace Decant.Distillation.Tests.Augmentation;

public sealed class DataAugmentationTests : IDisposable
{
    private const int Rows = 700; // three blocks

    private static readonly AugmentationOptions Options = new() { Copies = 4, Candidates = 5 };

    private readonly TemporaryFolder folder = new();
    private readonly string input, model, vectors, output;

    public DataAugmentationTests()
    {
        input = folder.Write("reviews.csv", TinyLanguageModel.Reviews(Rows));
        model = TinyLanguageModel.Save(folder.File("lm"));
        vectors = folder.Write("vectors.txt", "odd 1 0\nfunny 0.9 0.1\nxylophone 0 1\npiano 0.1 1\n");
        output = folder.File("out.csv");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_row_is_there_with_its_variants_label_and_id()
    {
        long written = Augmentation().Run(output);
        DataSet data = TableReader.Load(output, new(), "train");
        Assert.Equal(written, data.Examples.Count);
        Assert.InRange(written, Rows * 3, Rows * 5);
        string[] lines = File.ReadAllLines(output), before = File.ReadAllLines(input);
        Assert.Equal(before[0], lines[0]);
        // The first row of each id is the row as it was.
        Assert.Equal(before.Skip(1), lines.Skip(1).DistinctBy(l => l.Split(',')[0]));
        Assert.All(lines.Skip(1), l => Assert.Equal(int.Parse(l.Split(',')[0]) % 2 == 0 ? "pos" : "neg", l.Split(',')[^1]));
        Assert.Equal(before.Skip(1).Select(l => l.Split(',')[0]), lines.Skip(1).Select(l => l.Split(',')[0]).Distinct());
        Assert.Contains(lines, l => l.Contains("funny", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("piano", StringComparison.Ordinal));
        Assert.False(File.Exists(output + ".part") || File.Exists(output + ".state.json"));
    }

    [Fact]
    public void Stopped_at_any_block_it_goes_on_to_the_same_bytes()
    {
        Augmentation().Run(folder.File("whole.csv"));
        for (int block = 0; block < 3; block++)
        {
            string path = folder.File($"stopped-{block}.csv");
            using var stop = new CancellationTokenSource();
            var observer = new Watch((rows, _) => { if (rows >= 256 * block) stop.Cancel(); });
            if (block == 0) stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => Augmentation().Run(path, observer: observer, stop: stop.Token));
            Assert.False(File.Exists(path));
            var again = new Watch();
            Augmentation().Run(path, observer: again);
            Assert.Equal(256 * block, again.ResumedAt);
            Assert.Equal(File.ReadAllBytes(folder.File("whole.csv")), File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void What_a_kill_left_beyond_the_state_is_cut_off()
    {
        Augmentation().Run(folder.File("whole.csv"));
        byte[] whole = File.ReadAllBytes(folder.File("whole.csv"));
        StopAfterFirstBlock();
        byte[] part = File.ReadAllBytes(output + ".part"), state = File.ReadAllBytes(output + ".state.json");
        var random = new Random(1);
        for (int torn = 0; torn < 3; torn++)
        {
            // A kill between the rows and the state: some of the next block is there.
            File.WriteAllBytes(output + ".part", [.. part, .. whole.AsSpan(part.Length, random.Next(1, 5000))]);
            File.WriteAllBytes(output + ".state.json", state);
            Augmentation().Run(output);
            Assert.Equal(whole, File.ReadAllBytes(output));
        }
    }

    [Fact]
    public void Other_work_and_damage_are_refused_by_name()
    {
        StopAfterFirstBlock();
        Assert.Contains("was begun with another copies: '4', not '5'", Refusal(Augmentation(Options with { Copies = 5 })));
        Assert.Contains("was begun with another seed: '1', not '2'", Refusal(Augmentation(Options with { Seed = 2 })));
        Assert.Contains("was begun with another vectors", Refusal(new(Table(), model, null, Options)));
        File.AppendAllText(input, "9999,film,pos\n");
        Assert.Contains("was begun with another input", Refusal(Augmentation()));
        folder.Write("reviews.csv", TinyLanguageModel.Reviews(Rows));
        File.WriteAllBytes(output + ".part", File.ReadAllBytes(output + ".part")[..^1]);
        Assert.Contains("It was changed by something else; remove both to begin anew.", Refusal(Augmentation()));
        File.WriteAllText(output + ".state.json", "{");
        Assert.Contains("is damaged", Refusal(Augmentation()));
        File.Delete(output + ".state.json");
        Augmentation().Run(output);
    }

    [Fact]
    public void Two_at_once_on_one_file_are_refused()
    {
        using FileStream held = new(output + ".part", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains($"Cannot write {output}", Refusal(Augmentation()));
    }

    [Fact]
    public void Models_that_cannot_fill_masks_are_refused_before_anything_is_written()
    {
        string none = TinyLanguageModel.Save(folder.File("none"), withMask: false);
        Assert.Contains("has no [MASK]", Refusal(new(Table(), none, vectors, Options)));
        Assert.Contains("does not exist", Refusal(new(Table(), folder.File("nowhere"), vectors, Options)));
        Assert.Contains("there is no such file", Refusal(new(Table(), model, folder.File("nowhere.txt"), Options)));
        Assert.Contains("is the file that is read", Assert.Throws<DecantException>(() => Augmentation().Run(input)).Message);
        Assert.False(File.Exists(output + ".part"));
    }

    [Fact]
    public void The_seed_changes_the_choices_and_nothing_else_does()
    {
        Augmentation().Run(output);
        byte[] first = File.ReadAllBytes(output);
        Augmentation().Run(output);
        Assert.Equal(first, File.ReadAllBytes(output));
        Augmentation(Options with { Seed = 2 }).Run(output);
        Assert.NotEqual(first, File.ReadAllBytes(output));
    }

    [SkippableFact]
    public void On_a_disk_that_fills_up_what_was_done_is_kept()
    {
        Augmentation().Run(output);
        Directory.CreateDirectory(folder.File("small"));
        using SmallDisk disk = SmallDisk.Mount(folder.File("small"), 1024);
        disk.FillBut((int)new FileInfo(output).Length / 1024 / 2);
        string path = Path.Combine(disk.Folder, "out.csv");
        string error = Assert.Throws<DecantException>(() => Augmentation().Run(path)).Message;
        Assert.StartsWith($"Cannot write {path}", error);
        Assert.Contains("No space left on device", error);
        disk.Free();
        var again = new Watch();
        Augmentation().Run(path, observer: again);
        Assert.Equal(256, again.ResumedAt);
        Assert.Equal(File.ReadAllBytes(output), File.ReadAllBytes(path));
    }

    private void StopAfterFirstBlock()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Augmentation().Run(output, observer: new Watch((_, _) => stop.Cancel()), stop: stop.Token));
    }

    private AugmentationTable Table() => AugmentationTable.Open(input, new());

    private DataAugmentation Augmentation(AugmentationOptions? options = null) => new(Table(), model, vectors, options ?? Options);

    private string Refusal(DataAugmentation augmentation) => Assert.Throws<DecantException>(() => augmentation.Run(output)).Message;

    private sealed class Watch(Action<long, long>? advanced = null) : IAugmentationObserver
    {
        public long ResumedAt { get; private set; }
        public void Started(long rows, long resumedAt) => ResumedAt = resumedAt;
        public void Advanced(long rows, long written) => advanced?.Invoke(rows, written);
    }
}
