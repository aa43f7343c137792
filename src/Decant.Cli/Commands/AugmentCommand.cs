using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Augmentation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports;
using Decant.Text.Augmentation;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary><c>decant augment</c></summary>
internal sealed class AugmentCommand : CliCommand
{
    private static readonly string[] Tasks = [.. Glue.Tasks.Select(task => task.Name)];

    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A masked language model folder." };
    private readonly Option<string?> _vectors = new("--vectors") { HelpName = "FILE", Description = "Word vectors in text form (GloVe, word2vec), gzip or not. Default: none; words of several pieces stay." };
    private readonly Option<string?> _task = new("--task") { HelpName = "NAME", Description = "A GLUE task." };
    private readonly Option<string?> _data = new("--data") { HelpName = "FOLDER", Description = "The task's folder; its train.tsv is read." };
    private readonly Option<string?> _input = new("--input", "-i") { HelpName = "FILE", Description = "A CSV, TSV, JSONL or text file, in place of a task." };
    private readonly ColumnOptions _columns = new(hasLabels: false);
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FILE", Description = "The augmented file, in the form of the one that is read.", Required = true };
    private readonly Option<int?> _copies = new("--copies", "-n") { HelpName = "N", Description = "Sentences tried for each text. Default: 10 to 30 by the task as TinyBERT's code does, 20 for own files." };
    private readonly Option<double> _probability = new("--probability", "-p") { HelpName = "P", Description = "Probability that a word is replaced.", DefaultValueFactory = _ => 0.4 };
    private readonly Option<int> _candidates = new("--candidates", "-k") { HelpName = "K", Description = "Candidates for each word.", DefaultValueFactory = _ => 15 };
    private readonly Option<int> _seed = new("--seed") { HelpName = "N", Description = "Seed of the choices.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _batchTokens = new("--batch-tokens") { HelpName = "N", Description = "Most tokens in a batch of the language model.", DefaultValueFactory = _ => MaskedWordModel.DefaultBatchTokens };

    public AugmentCommand() : base("augment", "Write many variants of every training text, as TinyBERT does; goes on where it was stopped.")
    {
        Add(_model);
        foreach (Option option in (Option[])[_vectors, _task, _data, _input]) Add(option);
        _columns.AddTo(this);
        foreach (Option option in (Option[])[_output, _copies, _probability, _candidates, _seed, _batchTokens]) Add(option);
        CommonOptions.RequireOneOf(_task, Tasks);
        foreach (Option option in (Option[])[_copies, _candidates, _batchTokens]) CommonOptions.RequireAtLeast(option, 1);
        CommonOptions.RequireAtLeast(_seed, 0);
        _probability.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1)) result.AddError("--probability must be above 0 and at most 1.");
        });
        Validators.Add(result =>
        {
            bool task = result.GetValue(_task) is not null, file = result.GetValue(_input) is not null;
            if (task == file) result.AddError("Give either --task with --data, or --input.");
            if (task && result.GetValue(_data) is null) result.AddError("--task needs --data, the folder with the task's files.");
        });
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant augment models/bert-base-uncased --vectors glove.42B.300d.txt --task sst-2 --data glue/SST-2 -o runs/sst-2-augmented.tsv", "TinyBERT's data; then 'decant run RECIPE --set task.augmented=runs/sst-2-augmented.tsv'"),
        ("decant augment models/bert-base-uncased --vectors glove.42B.300d.txt -i reviews.csv --text-column review -o more-reviews.csv", "an own file"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string? task = arguments.GetValue(_task);
        TableOptions columns = _columns.Read(arguments);
        AugmentationTable table = task is not null
            ? AugmentationTable.OpenGlue(task, arguments.GetRequiredValue(_data)!)
            : AugmentationTable.Open(arguments.GetRequiredValue(_input)!, columns);
        var options = new AugmentationOptions { Probability = arguments.GetValue(_probability), Candidates = arguments.GetValue(_candidates), Seed = arguments.GetValue(_seed) };
        options = options with { Copies = arguments.GetValue(_copies) ?? (task is null ? null : AugmentationOptions.CopiesOf(task)) ?? options.Copies };
        var augmentation = new DataAugmentation(table, arguments.GetRequiredValue(_model), arguments.GetValue(_vectors), options)
        {
            BatchTokens = arguments.GetValue(_batchTokens), Columns = task ?? $"{columns.Format} {columns.Text} {columns.Pair}".TrimEnd(),
        };
        string output = arguments.GetRequiredValue(_output);
        var watch = Stopwatch.StartNew();
        long Augment(IAugmentationObserver observer) => augmentation.Run(output, DeviceChoice.Of(DeviceName.Auto), observer, session.Cancel);
        long written = session.IsWatched
            ? LiveView.Run(session.ErrorConsole, view => Augment(new AugmentationProgress(view)))
            : Augment(new AugmentationProgress(new PlainView(session)));
        FactList.Write(session.Output,
        [
            new("read", string.Create(CultureInfo.InvariantCulture, $"{table.Count:N0} rows of {table.Path}")),
            new("written", string.Create(CultureInfo.InvariantCulture, $"{written:N0} rows to {output}")),
            new("time", Units.Seconds(watch.Elapsed.TotalSeconds)),
        ]);
        return ExitCodes.Done;
    }
}
