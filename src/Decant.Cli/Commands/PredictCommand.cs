using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Inference;
using Decant.Inference.Files;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary><c>decant predict</c></summary>
internal sealed class PredictCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A model folder, or the folder of a finished run." };
    private readonly Argument<string[]> _texts = new("text") { HelpName = "TEXT", Arity = ArgumentArity.ZeroOrMore, Description = "Texts. Without any, --input or standard input is read." };
    private readonly Option<string?> _input = new("--input", "-i") { HelpName = "FILE", Description = "A CSV, TSV, JSONL or text file; - for standard input (one text a line, unless --format says otherwise)." };
    private readonly Option<string?> _pair = new("--pair") { HelpName = "TEXT", Description = "The second text, for every TEXT." };
    private readonly ColumnOptions _columns = new(hasLabels: false);
    private readonly Option<string?> _output = CommonOptions.OutputFile();
    private readonly Option<bool> _csv = new("--csv") { Description = "Write CSV. Default: JSON lines, or CSV for an --output that ends in .csv." };
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: what the model can read." };
    private readonly Option<int> _batchSize = new("--batch-size") { HelpName = "N", Description = "Texts in a batch.", DefaultValueFactory = _ => 64 };
    private readonly Option<double?> _speed = SpeedOption.Create();
    private readonly Option<int> _topClasses = SpeedOption.TopClasses();

    public PredictCommand() : base("predict", "Label texts with a model: text or a file in, JSON lines or CSV out, in constant memory.")
    {
        Add(_model);
        Add(_texts);
        Add(_input);
        Add(_pair);
        _columns.AddTo(this);
        Add(_output);
        Add(_csv);
        Add(_maxLength);
        Add(_batchSize);
        Add(_speed);
        Add(_topClasses);
        CommonOptions.RequireAtLeast(_maxLength, 3);
        CommonOptions.RequireAtLeast(_batchSize, 1);
        Validators.Add(result =>
        {
            bool hasTexts = result.GetValue(_texts) is { Length: > 0 };
            if (hasTexts && result.GetValue(_input) is not null) result.AddError("Give either TEXT or --input, not both.");
            if (!hasTexts && result.GetValue(_pair) is not null) result.AddError("--pair needs a TEXT; for files name the column with --pair-column.");
        });
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant predict runs/pkd-skip 'A fine film.' 'Not my cup of tea.'", "texts on the command line"),
        ("decant predict models/student -i reviews.csv --text-column review -o labelled.csv", "a file of any size"),
        ("cat texts.txt | decant predict models/student", "one text a line"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        var options = new ClassifierOptions
        {
            MaxLength = arguments.GetValue(_maxLength), BatchSize = arguments.GetValue(_batchSize), Exits = new() { TopClasses = arguments.GetValue(_topClasses) },
        };
        using Classifier classifier = Classifier.Load(ModelLocation.Resolve(arguments.GetRequiredValue(_model)), options);
        using OutputFile output = OutputFile.Open(arguments.GetValue(_output), session);
        bool isCsv = arguments.GetValue(_csv) || arguments.GetValue(_output)?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true;
        WriteAll(arguments, session, classifier, output, isCsv);
        output.Complete();
        return ExitCodes.Done;
    }

    private void WriteAll(ParseResult arguments, Session session, Classifier classifier, OutputFile output, bool isCsv)
    {
        using var text = new StreamWriter(output.Stream, leaveOpen: true);
        IPredictionWriter writer = isCsv
            ? new CsvPredictions(text, classifier.Problem, classifier.Labels, classifier.HasAdaptiveExit)
            : new JsonLinesPredictions(output.Stream, classifier.Problem, classifier.Labels);
        IEnumerable<Example> examples = ExamplesOf(arguments, session);
        foreach ((Example example, Prediction prediction) in classifier.PredictStream(examples, e => new TextInput(e.Text, e.Pair), new PredictOptions { Speed = arguments.GetValue(_speed) }, cancellation: session.Cancel))
        {
            session.Cancel.ThrowIfCancellationRequested();
            writer.Write(example, prediction);
        }
    }

    private IEnumerable<Example> ExamplesOf(ParseResult arguments, Session session)
    {
        TableOptions columns = _columns.Read(arguments);
        if (arguments.GetValue(_texts) is { Length: > 0 } texts)
            return texts.Select((text, i) => new Example { Id = $"{i}", Text = text, Pair = arguments.GetValue(_pair) });
        return arguments.GetValue(_input) is { } path and not "-"
            ? TableReader.Stream(path, columns)
            : TableReader.Stream(session.InputStream, "standard input", columns);
    }
}
