using System.CommandLine;
using System.Globalization;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Pruning;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Inspection;
using Decant.Models.Pruning;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary><c>decant prune</c></summary>
internal sealed class PruneCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A fine-tuned model folder, or the folder of a finished run." };
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FOLDER", Description = "The student's folder.", Required = true };
    private readonly Option<string> _layers = new("--layers") { HelpName = "WHICH", Description = "Layers to keep: all, 'first 6', 'last 3' or [0, 2, 4].", DefaultValueFactory = _ => "all" };
    private readonly Option<int?> _heads = new("--heads") { HelpName = "N", Description = "Heads that each layer keeps. Default: all." };
    private readonly Option<int?> _intermediate = new("--intermediate") { HelpName = "N", Description = "Feed-forward neurons that each layer keeps. Default: all." };
    private readonly Option<int?> _rank = new("--embedding-rank") { HelpName = "N", Description = "Rank of the word table. Default: the table stays whole." };
    private readonly Option<PruningScope> _scope = new("--scope") { Description = "Find the least important within each layer, or in the whole model.", DefaultValueFactory = _ => PruningScope.Layer };
    private readonly Option<ImportanceRule> _importance = new("--importance") { Description = "Add up gradients, or their absolute values.", DefaultValueFactory = _ => ImportanceRule.Absolute };
    private readonly Option<int> _steps = new("--steps") { HelpName = "N", Description = "Cut in so many steps, measuring importance anew after each.", DefaultValueFactory = _ => 1 };
    private readonly DataArguments _data = new(split: "train");
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: the run's, or what the model can read." };
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "Measure importance on the first N examples. Default: all." };
    private readonly Option<int> _batchSize = new("--batch-size") { HelpName = "N", Description = "Examples in a batch.", DefaultValueFactory = _ => 32 };
    private readonly Option<bool> _dropout = new("--dropout") { Description = "Leave dropout on while importance is measured, as the released code does." };
    private readonly Option<int> _seed = new("--seed") { HelpName = "N", Description = "Seed of batch order and dropout.", DefaultValueFactory = _ => 1 };

    public PruneCommand() : base("prune", "Cut layers, heads, feed-forward neurons and the rank of the word table off a fine-tuned model, as ROSITA does: a student to distil into.")
    {
        Add(_model);
        foreach (Option option in (Option[])[_output, _layers, _heads, _intermediate, _rank, _scope, _importance, _steps]) Add(option);
        _data.AddTo(this);
        foreach (Option option in (Option[])[_maxLength, _limit, _batchSize, _dropout, _seed]) Add(option);
        foreach (Option option in (Option[])[_heads, _intermediate, _rank, _steps, _limit, _batchSize]) CommonOptions.RequireAtLeast(option, 1);
        CommonOptions.RequireAtLeast(_maxLength, 4);
        CommonOptions.RequireAtLeast(_seed, 0);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant prune runs/teacher -o models/rosita6 --layers 'first 6' --heads 2 --intermediate 768 --embedding-rank 128", "the student of Marginal Utility Diminishes; importance on the run's own training data"),
        ("decant prune models/teacher -o models/small --heads 6 --scope model --task sst-2 --data glue/SST-2", "half of the heads, wherever they matter least"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string model = arguments.GetRequiredValue(_model);
        var options = new PruneOptions
        {
            Layers = Layers(arguments), Heads = arguments.GetValue(_heads), Intermediate = arguments.GetValue(_intermediate),
            EmbeddingRank = arguments.GetValue(_rank), Scope = arguments.GetValue(_scope), Importance = arguments.GetValue(_importance),
            Steps = arguments.GetValue(_steps), BatchSize = arguments.GetValue(_batchSize), Dropout = arguments.GetValue(_dropout), Seed = arguments.GetValue(_seed),
        };
        (DataSet? data, int? maxLength) = options.NeedsImportance ? _data.Load(arguments, model) : (null, null);
        if (data is not null && arguments.GetValue(_limit) is { } limit && limit < data.Examples.Count)
            data = new DataSet(data.Task, data.Split, [.. data.Examples.Take(limit)], data.Source);
        var pruner = new ModelPruner(model, options);
        PruneResult Prune(IPruningObserver observer) => pruner.Run(
            arguments.GetRequiredValue(_output), data, arguments.GetValue(_maxLength) ?? maxLength, DeviceChoice.Of(DeviceName.Auto), observer, session.Cancel);
        PruneResult result = session.IsWatched
            ? LiveView.Run(session.ErrorConsole, view => Prune(new PruningProgress(view)))
            : Prune(new PruningProgress(new PlainView(session)));
        FactList.Write(session.Output,
        [
            new("model", Describe(result.Before, result.ParametersBefore)),
            new("student", Describe(result.After, result.ParametersAfter)),
            new("ratio", string.Create(CultureInfo.InvariantCulture,
                $"{(double)result.ParametersBefore / result.ParametersAfter:0.00}× fewer parameters, {ModelCost.Flops(result.Before, 128) / ModelCost.Flops(result.After, 128):0.00}× fewer FLOPs")),
            new("written to", result.Path),
        ]);
        return ExitCodes.Done;
    }

    private LayerSelection Layers(ParseResult arguments)
    {
        try
        {
            return LayerSelection.Parse(arguments.GetRequiredValue(_layers));
        }
        catch (DecantException e)
        {
            throw new DecantException($"--layers {e.Message}", e);
        }
    }

    private static string Describe(BertConfig config, long parameters) => string.Create(CultureInfo.InvariantCulture,
        $"{config.Layers} layers × {config.HiddenSize}, {ShapeText.Heads(config)} heads, feed-forward {ShapeText.FeedForward(config)}{(config.EmbeddingRank is { } rank ? $", word table of rank {rank}" : "")}: {parameters / 1e6:0.0} M parameters, {ModelCost.Flops(config, 128) / 1e9:0.00} GFLOPs at 128 tokens");
}
