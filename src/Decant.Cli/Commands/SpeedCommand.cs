using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Html;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Speed;
using Decant.Inference;
using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary><c>decant speed</c></summary>
internal sealed class SpeedCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A FastBERT's folder, or the folder of the run that trained it." };
    private readonly DataArguments _data = new(split: "dev");
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: the run's, or what the model can read." };
    private readonly Option<string> _speeds = new("--speeds") { HelpName = "LIST", Description = "Speeds from 0 to 1, with commas between.", DefaultValueFactory = _ => "0,0.1,0.3,0.5,0.8" };
    private readonly Option<string> _batchSizes = new("--batch-sizes") { HelpName = "LIST", Description = "Texts in a batch, for the clock; none to leave the clock out.", DefaultValueFactory = _ => "1,32" };
    private readonly Option<int> _rounds = new("--rounds") { HelpName = "N", Description = "Turns by the clock; the median is taken.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _flopsLength = new("--flops-length") { HelpName = "N", Description = "Padded length that operations are counted for; 128 in the paper.", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _topClasses = SpeedOption.TopClasses();
    private readonly Option<string?> _against = new("--against") { HelpName = "MODEL", Description = "A model without branches to compare the clock with. Default: the first speed." };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE", Description = "Also write a page with charts, such as speed.html." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public SpeedCommand() : base("speed", "Measure a FastBERT at several speeds: score, layers, operations and the clock.")
    {
        Add(_model);
        _data.AddTo(this);
        Add(_maxLength);
        Add(_speeds);
        Add(_batchSizes);
        Add(_rounds);
        Add(_flopsLength);
        Add(_topClasses);
        Add(_against);
        Add(_output);
        Add(_json);
        CommonOptions.RequireAtLeast(_maxLength, 3);
        CommonOptions.RequireAtLeast(_rounds, 1);
        CommonOptions.RequireAtLeast(_flopsLength, 1);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant speed runs/small/sst-2/fastbert -o speed.html", "on the dev split of its task, with charts"),
        ("decant speed runs/fast --against runs/teacher --batch-sizes 1,8,32,128", "beside the model that it was made from"),
        ("decant speed models/fast -i test.csv --speeds 0,0.5", "on an own file"),
        ("decant speed runs/small/sst-2/fastbert --batch-sizes none --json", "without the clock, for a program"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string model = arguments.GetRequiredValue(_model);
        IReadOnlyList<double> speeds = SpeedOption.List(arguments.GetRequiredValue(_speeds));
        IReadOnlyList<int> batchSizes = BatchSizes(arguments.GetRequiredValue(_batchSizes));
        (DataSet data, int? maxLength) = _data.Load(arguments, model);
        ModelDirectory directory = ModelLocation.Open(model);
        LabelCheck.Require(directory, data.Task);
        var options = new ClassifierOptions
        {
            MaxLength = arguments.GetValue(_maxLength) ?? maxLength, BatchSize = Math.Max(64, batchSizes.DefaultIfEmpty().Max()),
            Exits = new() { TopClasses = arguments.GetValue(_topClasses) },
        };
        using var subject = new ClassifierSubject(Classifier.Load(directory.Path, options));
        using ClassifierSubject? baseline = arguments.GetValue(_against) is { } plain ? new(Classifier.Load(ModelLocation.Resolve(plain), options)) : null;
        SpeedCurve curve = new SpeedMeasurement(directory, subject, data) { Baseline = baseline }
            .Measure(speeds, batchSizes, arguments.GetValue(_rounds), arguments.GetValue(_flopsLength), session.Note, session.Cancel);
        if (arguments.GetValue(_output) is { } page) SpeedPage.Write(page, curve, EnvironmentInfo.Capture());
        if (arguments.GetValue(_json)) WriteJson(curve, session);
        else WriteText(curve, session);
        return ExitCodes.Done;
    }

    private static void WriteText(SpeedCurve curve, Session session)
    {
        session.Output.Write(SpeedTables.Costs(curve).ToText());
        session.Output.WriteLine();
        session.Output.Write(SpeedTables.Exits(curve).ToText());
    }

    private static void WriteJson(SpeedCurve curve, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", curve.Model);
        writer.WriteString("source", curve.Source);
        writer.WriteNumber("examples", curve.Examples);
        writer.WriteNumber("bertFlops", curve.BertFlops);
        writer.WriteNumber("flopsLength", curve.FlopsLength);
        if (curve.Baseline is { } plain)
        {
            writer.WritePropertyName("withoutBranches");
            WriteJson(writer, curve, plain);
        }
        writer.WriteStartArray("speeds");
        foreach (SpeedPoint point in curve.Points) WriteJson(writer, curve, point);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteJson(Utf8JsonWriter writer, SpeedCurve curve, SpeedPoint point)
    {
        writer.WriteStartObject();
        writer.WriteNumber("speed", point.Speed);
        writer.WriteStartObject("metrics");
        foreach ((string metric, double value) in point.Metrics) writer.WriteNumber(metric, value);
        writer.WriteEndObject();
        writer.WriteNumber("meanLayers", point.MeanLayers);
        writer.WriteNumber("flops", point.Flops);
        writer.WriteStartArray("exits");
        foreach (double share in point.ExitShares(curve.Layers)) writer.WriteNumberValue(share);
        writer.WriteEndArray();
        writer.WriteStartObject("textsPerSecond");
        for (int i = 0; i < curve.BatchSizes.Count; i++) writer.WriteNumber(curve.BatchSizes[i].ToString(CultureInfo.InvariantCulture), point.TextsPerSecond[i]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static IReadOnlyList<int> BatchSizes(string text) => text == "none" ? [] :
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= 65536
                ? size : throw new DecantException($"'{word}' is no batch size; give whole numbers from 1 with commas between, such as 1,32, or none.")),
    ];

    // What a program would do: from text to label, on the engine that answers in production.
    private sealed class ClassifierSubject(Classifier classifier) : ISpeedSubject, IDisposable
    {
        public IReadOnlyList<(IReadOnlyList<float> Scores, int ExitLayer)> Answer(IReadOnlyList<Example> batch, double speed)
        {
            IReadOnlyList<Prediction> answers = classifier.Predict([.. batch.Select(e => new TextInput(e.Text, e.Pair))], new PredictOptions { Speed = classifier.HasAdaptiveExit ? speed : null });
            return [.. answers.Select(a => (a.Scores, a.ExitLayer ?? classifier.Config.Layers))];
        }

        public void Dispose() => classifier.Dispose();
    }
}
