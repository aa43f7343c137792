using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary><c>decant evaluate</c></summary>
internal sealed class EvaluateCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A model folder, or the folder of a finished run." };
    private readonly DataArguments _data = new(split: "dev");
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: the run's, or what the model can read." };
    private readonly Option<int> _batchSize = new("--batch-size") { HelpName = "N", Description = "Examples in a batch.", DefaultValueFactory = _ => 64 };
    private readonly Option<double?> _speed = SpeedOption.Create();
    private readonly Option<bool> _json = CommonOptions.Json();

    public EvaluateCommand() : base("evaluate", "Measure a model on a split of a task, or on a file with labels.")
    {
        Add(_model);
        _data.AddTo(this);
        Add(_maxLength);
        Add(_batchSize);
        Add(_speed);
        Add(_json);
        CommonOptions.RequireAtLeast(_maxLength, 3);
        CommonOptions.RequireAtLeast(_batchSize, 1);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant evaluate runs/pkd-skip", "the best student of a run, on the dev split of its task"),
        ("decant evaluate models/student --task mnli --data glue/MNLI --split dev_mismatched", "a split of a GLUE task"),
        ("decant evaluate models/student -i test.csv --text-column review --label-column stars", "an own file"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string model = arguments.GetRequiredValue(_model);
        (DataSet data, int? maxLength) = _data.Load(arguments, model);
        ModelEvaluation evaluation = ModelEvaluation.Of(
            model, data, arguments.GetValue(_maxLength) ?? maxLength, arguments.GetValue(_batchSize), speed: arguments.GetValue(_speed), stop: session.Cancel);
        if (arguments.GetValue(_json)) WriteJson(evaluation, session);
        else
            FactList.Write(session.Output,
            [
                .. evaluation.Result.Metrics.Select(metric => KeyValuePair.Create(Labels.Of(metric.Key), ScoreColumn.Of(metric.Key).Format(metric.Value))),
                new("Examples", $"{evaluation.Examples} from {evaluation.Source}"),
                .. evaluation.MeanLayers is { } layers ? (KeyValuePair<string, string>[])[new("Layers", $"{Units.Significant(layers)} on average")] : [],
                new("Time", $"{Units.Seconds(evaluation.Seconds)}, {Units.Significant(evaluation.Examples / evaluation.Seconds)} examples/s"),
            ]);
        return ExitCodes.Done;
    }

    private static void WriteJson(ModelEvaluation evaluation, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", evaluation.Model);
        writer.WriteString("source", evaluation.Source);
        writer.WriteNumber("examples", evaluation.Examples);
        writer.WriteNumber("seconds", evaluation.Seconds);
        if (evaluation.MeanLayers is { } layers) writer.WriteNumber("meanLayers", layers);
        writer.WriteStartObject("metrics");
        foreach ((string metric, double value) in evaluation.Result.Metrics) writer.WriteNumber(metric, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
