using Decant.Distillation.Reports.Logging;
using Decant.Distillation.Reports.TensorBoard;

namespace Decant.Distillation.Tests.Reports.TensorBoard;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMicroseconds(123456));

    public void Dispose() => _folder.Dispose();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void The_file_is_named_as_tensorboard_expects()
    {
        using var writer = new TensorBoardWriter(_folder.Path, clock: _clock);
        Assert.Matches(@"^events\.out\.tfevents\.1772600767\.[A-Za-z0-9-]+\.\d+\.\d+$", Path.GetFileName(writer.Path));
    }

    [Fact]
    public void The_first_event_tells_the_version_with_the_full_precision_of_time()
    {
        using var writer = new TensorBoardWriter(_folder.Path, clock: _clock);
        var first = Assert.Single(EventFile.Read(writer.Path));
        Assert.Equal("brain.Event:2", first.FileVersion);
        Assert.Equal(1772600767.123456, first.WallTime, 6);
    }

    [Fact]
    public void Scalars_are_read_back()
    {
        string path;
        using (var writer = new TensorBoardWriter(_folder.Path, clock: _clock))
        {
            path = writer.Path;
            writer.AddScalar("train/loss", 7, 0.25);
            writer.AddScalar("größe/ß", long.MaxValue, double.NaN, _clock.GetUtcNow().AddSeconds(1.5));
        }
        var events = EventFile.Read(path);
        Assert.Equal(("train/loss", 7L, 0.25f), (events[1].Tag, events[1].Step, events[1].Value));
        Assert.Equal(("größe/ß", long.MaxValue, float.NaN), (events[2].Tag, events[2].Step, events[2].Value));
        Assert.Equal(1.5, events[2].WallTime - events[1].WallTime, 6);
    }

    [Fact]
    public void Texts_go_to_the_text_plugin()
    {
        using var writer = new TensorBoardWriter(_folder.Path, clock: _clock);
        writer.AddText("recipe", 0, "```yaml\nseeds: [1]\n```");
        writer.Flush();
        var text = EventFile.Read(writer.Path)[1];
        Assert.Equal(("recipe", "text", "```yaml\nseeds: [1]\n```"), (text.Tag, text.Plugin, text.Text));
    }

    [Fact]
    public void A_log_entry_becomes_one_scalar_a_value_and_is_flushed()
    {
        using var writer = new TensorBoardWriter(_folder.Path, clock: _clock);
        writer.Add(new MetricsEntry
        {
            Step = 12, Epoch = 1, Time = _clock.GetUtcNow(), Kind = MetricsKind.Eval,
            Values = [KeyValuePair.Create("accuracy", 0.5), KeyValuePair.Create("loss/total", 2.0)],
        });
        var events = EventFile.Read(writer.Path);
        Assert.Equal([("eval/accuracy", 12L, 0.5f), ("eval/loss/total", 12L, 2f)], events.Skip(1).Select(e => (e.Tag!, e.Step, e.Value!.Value)));
    }

    [Fact]
    public void A_resumed_run_withdraws_the_steps_it_repeats()
    {
        using var writer = new TensorBoardWriter(_folder.Path, resumeAfterStep: 40, _clock);
        var restart = EventFile.Read(writer.Path)[1];
        Assert.Equal((1, 41L), (restart.SessionStatus, restart.Step));
    }

    [Fact]
    public void Two_writers_in_one_second_do_not_meet()
    {
        using var one = new TensorBoardWriter(_folder.Path, clock: _clock);
        using var two = new TensorBoardWriter(_folder.Path, clock: _clock);
        Assert.NotEqual(one.Path, two.Path);
    }

    [Fact]
    public void An_impossible_place_is_told()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<DecantException>(() => new TensorBoardWriter(_folder.File("file/below"), clock: _clock));
        Assert.StartsWith($"Cannot write the TensorBoard file {_folder.File("file/below")}", error.Message);
    }
}
