using System.Text;
using System.Text.Json;
using Decant.Distillation.Reports.Logging;

namespace Decant.Distillation.Tests.Reports.Logging;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder.File("run/metrics.jsonl");

    public void Dispose() => _folder.Dispose();

    private static MetricsEntry At(long step, MetricsKind kind = MetricsKind.Train, params (string, double)[] values) => new()
    {
        Step = step,
        Epoch = step / 8.0,
        Time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero),
        Kind = kind,
        Values = [.. values.Select(v => KeyValuePair.Create(v.Item1, v.Item2))],
    };

    [Fact]
    public void A_line_is_one_flat_json_object()
    {
        using (var log = MetricsLog.Create(Log))
            log.Write(At(10, MetricsKind.Eval, ("loss/total", 0.1), ("accuracy", 0.915)) with { Stage = "distil" });
        Assert.Equal("""{"step":10,"epoch":1.25,"time":"2026-03-04T05:06:07.089Z","kind":"eval","stage":"distil","loss/total":0.1,"accuracy":0.915}""" + "\n", File.ReadAllText(Log));
    }

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit()
    {
        MetricsEntry[] entries = [At(1, values: ("x", 1 / 3.0)), At(2, values: [("x", double.NaN), ("y", double.PositiveInfinity), ("z", double.NegativeInfinity), ("größe \"q\"\n", 5e-324)])];
        using (var log = MetricsLog.Create(Log))
            foreach (var entry in entries) log.Write(entry);
        var read = MetricsLog.Read(Log);
        Assert.Equal(entries.Select(e => (e.Step, e.Epoch, e.Time, e.Kind, e.Stage)), read.Select(e => (e.Step, e.Epoch, e.Time, e.Kind, e.Stage)));
        for (int i = 0; i < entries.Length; i++) Assert.Equal(entries[i].Values, read[i].Values);
        Assert.All(File.ReadAllLines(Log), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void A_line_can_be_read_as_soon_as_it_is_written()
    {
        using var log = MetricsLog.Create(Log);
        log.Write(At(1));
        Assert.Single(MetricsLog.Read(Log));
        log.Write(At(2));
        Assert.Equal(2, MetricsLog.Read(Log).Count);
    }

    [Fact]
    public void Resuming_cuts_later_steps_and_a_torn_line()
    {
        using (var log = MetricsLog.Create(Log))
            for (int step = 1; step <= 5; step++) log.Write(At(step));
        File.AppendAllText(Log, """{"step":6,"epo""");
        Assert.Equal(5, MetricsLog.Read(Log).Count);
        using (var log = MetricsLog.Resume(Log, lastStep: 3)) log.Write(At(4, MetricsKind.Eval));
        Assert.Equal([1, 2, 3, 4], MetricsLog.Read(Log).Select(e => e.Step));
        Assert.Equal(MetricsKind.Eval, MetricsLog.Read(Log)[^1].Kind);
    }

    [Fact]
    public void Resuming_keeps_every_entry_of_the_last_step()
    {
        using (var log = MetricsLog.Create(Log))
            foreach (var entry in new[] { At(2), At(2, MetricsKind.Eval), At(3) }) log.Write(entry);
        MetricsLog.Resume(Log, lastStep: 2).Dispose();
        Assert.Equal(2, MetricsLog.Read(Log).Count);
    }

    [Fact]
    public void A_cut_at_any_byte_loses_no_complete_line()
    {
        using (var log = MetricsLog.Create(Log))
            for (int step = 1; step <= 3; step++) log.Write(At(step, values: ("loss", 0.5)));
        byte[] whole = File.ReadAllBytes(Log);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Log, whole[..length]);
            int complete = Encoding.UTF8.GetString(whole, 0, length).Count(c => c == '\n');
            using (var log = MetricsLog.Resume(Log, lastStep: 99)) log.Write(At(100));
            Assert.Equal(complete + 1, MetricsLog.Read(Log).Count);
        }
    }

    [Fact]
    public void Resuming_without_a_log_starts_one()
    {
        using (var log = MetricsLog.Resume(Log, lastStep: 3)) log.Write(At(4));
        Assert.Single(MetricsLog.Read(Log));
    }

    [Fact]
    public void Creating_empties_an_old_log()
    {
        using (var log = MetricsLog.Create(Log)) log.Write(At(1));
        MetricsLog.Create(Log).Dispose();
        Assert.Empty(MetricsLog.Read(Log));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"step":1}""")]
    [InlineData("""{"step":"1","epoch":0,"time":"2026-03-04T05:06:07Z","kind":"train"}""")]
    [InlineData("""{"step":1,"epoch":0,"time":"2026-03-04T05:06:07Z","kind":"test"}""")]
    [InlineData("""{"step":1,"epoch":0,"time":"today","kind":"train"}""")]
    [InlineData("""{"step":1,"epoch":0,"time":"2026-03-04T05:06:07Z","kind":"train","loss":"much"}""")]
    [InlineData("[1]")]
    [InlineData("")]
    public void A_broken_line_is_named_with_file_and_number(string line)
    {
        using (var log = MetricsLog.Create(Log)) log.Write(At(1));
        File.AppendAllText(Log, line + "\n");
        var error = Assert.Throws<DecantException>(() => MetricsLog.Read(Log));
        Assert.StartsWith($"{Log}, line 2: not an entry of a metrics log (", error.Message);
    }

    [Theory]
    [InlineData("step", "reserved")]
    [InlineData("loss", "given twice")]
    public void A_name_can_be_used_once(string name, string why)
    {
        using var log = MetricsLog.Create(Log);
        var error = Assert.Throws<ArgumentException>(() => log.Write(At(1, values: [("loss", 1), (name, 2)])));
        Assert.StartsWith($"The value name '{name}' is {why}.", error.Message);
        Assert.Empty(MetricsLog.Read(Log));
    }

    [Fact]
    public void A_missing_log_and_an_impossible_place_are_told()
    {
        Assert.StartsWith($"Cannot read the metrics log {Log}: ", Assert.Throws<DecantException>(() => MetricsLog.Read(Log)).Message);
        File.WriteAllText(_folder.File("file"), "");
        string below = _folder.File("file/metrics.jsonl");
        Assert.StartsWith($"Cannot write the metrics log {below}: ", Assert.Throws<DecantException>(() => MetricsLog.Create(below)).Message);
    }

    [SkippableFact]
    public void A_full_disk_is_told()
    {
        Skip.IfNot(File.Exists("/dev/full"), "This system has no /dev/full.");
        using var log = MetricsLog.Create("/dev/full");
        Assert.StartsWith("Cannot write the metrics log /dev/full: ", Assert.Throws<DecantException>(() => log.Write(At(1))).Message);
    }
}
