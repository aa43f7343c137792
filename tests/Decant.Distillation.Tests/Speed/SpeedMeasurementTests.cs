using System.Xml.Linq;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Html;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Speed;
using Decant.Distillation.Tests.Reports.Charts;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Text.Data;

namespace Decant.Tests.Speed;

public sealed class SpeedMeasurementTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelDirectory directory;
    private readonly Subject subject = new();

    public SpeedMeasurementTests()
    {
        using var model = new FastBertClassifier(new BertConfig { VocabSize = 9, HiddenSize = 8, Layers = 4, Heads = 2, IntermediateSize = 12, MaxPositions = 8 },
            new BranchShape(4, 2), 2, Initializer.Empty);
        ModelDirectory.Save(folder.Root, ModelKind.FastBert, model.Config, model.NamedParameters(), branches: model.Shape);
        directory = ModelDirectory.Open(folder.Root);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_speed_gets_its_score_its_layers_and_its_operations()
    {
        SpeedCurve curve = Measure([0, 0.5, 1], [1, 3], rounds: 2);
        Assert.Equal([1.0, 0.75, 0.5], curve.Points.Select(curve.Score));
        Assert.Equal([4, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1, 1], curve.Points.SelectMany(p => p.ExitLayers));
        Assert.Equal([0, 1, 0, 0], curve.Points[1].ExitShares(4));
        var flops = new FastBertFlops(directory.Config, directory.Branches!, 16);
        Assert.Equal([flops.UpTo(4), flops.UpTo(2), flops.UpTo(1)], curve.Points.Select(p => p.Flops));
        Assert.Equal(flops.Bert, curve.BertFlops);
        Assert.All(curve.Points, p => Assert.Equal(2, p.TextsPerSecond.Count(rate => rate > 0 && double.IsFinite(rate))));
        Assert.Equal("accuracy", curve.BestMetric);
    }

    [Fact]
    public void Batches_hold_texts_of_like_length_and_every_speed_takes_its_turn()
    {
        Measure([0, 1], [2], rounds: 2);
        // First all texts at each speed, then two rounds of both speeds in batches of two.
        Assert.Equal(["0: 2 3 0 1", "1: 2 3 0 1", .. Enumerable.Repeat<string[]>(["0: 2 3", "0: 0 1", "1: 2 3", "1: 0 1"], 2).SelectMany(r => r)], subject.Calls);
    }

    [Fact]
    public void A_model_without_branches_takes_its_turns_too()
    {
        var plain = new Subject();
        SpeedCurve curve = new SpeedMeasurement(directory, subject, Data()) { Baseline = plain }.Measure([1], [4], rounds: 2, flopsLength: 16);
        Assert.Equal(3, plain.Calls.Count);
        Assert.Equal(1.0, curve.Score(curve.Baseline!));
        Assert.Equal(curve.BertFlops, curve.Baseline!.Flops);
        TextTable costs = SpeedTables.Costs(curve);
        Assert.Equal(["without branches", "1"], costs.Rows.Select(row => row[0].Text));
        Assert.EndsWith("(1.00×)", costs.Rows[0][5].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clock_may_be_left_out()
    {
        SpeedCurve curve = Measure([0.5], []);
        Assert.Single(subject.Calls);
        Assert.Equal(["Speed", "Accuracy", "Layers", "FLOPs", "FLOPs saved"], SpeedTables.Costs(curve).Headers);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Equal("Name at least one speed.", Assert.Throws<DecantException>(() => Measure([], [1])).Message);
        using var plain = new TemporaryFolder();
        using var model = new BertClassifier(directory.Config, 2, Initializer.Empty);
        ModelDirectory.Save(plain.Root, ModelKind.SequenceClassification, directory.Config, model.NamedParameters());
        var error = Assert.Throws<DecantException>(() => new SpeedMeasurement(ModelDirectory.Open(plain.Root), subject, Data()).Measure([0], []));
        Assert.Equal($"{plain.Root} is no FastBERT: it has no layers to leave at. Train one from it with a recipe that has student.fastBert.", error.Message);
    }

    [Fact]
    public void The_tables_say_what_was_measured()
    {
        TextTable costs = SpeedTables.Costs(Measure([0, 0.5], [8]));
        Assert.Equal(["0.5", "75.0", "2.00"], costs.Rows[1].Take(3).Select(c => c.Text));
        Assert.EndsWith("(1.00×)", costs.Rows[0][5].Text, StringComparison.Ordinal);
        Assert.Equal(["0.5", "0%", "100%", "0%", "0%"], SpeedTables.Exits(Measure([0.5], [])).Rows[0].Select(c => c.Text));
    }

    [Fact]
    public void The_page_draws_score_against_cost_and_the_exits_of_every_speed()
    {
        string page = SpeedPage.Render(Measure([0, 0.5, 1], [1, 8]), EnvironmentInfo.Capture());
        XElement html = XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]);
        XElement[] charts = [.. html.Descendants(SvgReader.Svg + "svg").Where(e => e.Attribute("class")?.Value == "chart")];
        Assert.Equal(2 + 3, charts.Length);
        Assert.All(charts, SvgReader.AssertDrawable);
        Assert.Equal(4, charts[^1].Descendants(SvgReader.Svg + "rect").Count());
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private SpeedCurve Measure(IReadOnlyList<double> speeds, IReadOnlyList<int> batchSizes, int rounds = 1) =>
        new SpeedMeasurement(directory, subject, Data()).Measure(speeds, batchSizes, rounds, flopsLength: 16);

    private static DataSet Data() => new(Objectives.ObjectiveCase.Task(TaskKind.SingleLabel), "dev",
        [.. new[] { "long text", "long text!", "a", "b" }.Select((text, i) => new Example { Id = $"{i}", Text = text, ClassIndex = i % 2 })], "somewhere");

    // Says which layers it ran; the faster, the more often it is wrong.
    private sealed class Subject : ISpeedSubject
    {
        public List<string> Calls { get; } = [];

        public IReadOnlyList<(IReadOnlyList<float> Scores, int ExitLayer)> Answer(IReadOnlyList<Example> batch, double speed)
        {
            Calls.Add(FormattableString.Invariant($"{speed}: {string.Join(' ', batch.Select(e => e.Id))}"));
            return [.. batch.Select(e => (Scores(e, speed), speed switch { 0 => 4, < 1 => 2, _ => 1 }))];
        }

        private static IReadOnlyList<float> Scores(Example example, double speed)
        {
            bool isOne = example.ClassIndex == 1 && (speed == 0 || (speed < 1 && example.Id == "1"));
            return isOne ? [0.1f, 0.9f] : [0.9f, 0.1f];
        }
    }
}
