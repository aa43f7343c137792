using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Decant.Cli.Progress;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Recipes;
using Decant.Distillation.Reports;

namespace Decant.Cli.Commands;

/// <summary><c>decant teach</c></summary>
internal sealed class TeachCommand : CliCommand
{
    private readonly RecipeArguments _recipe = new();
    private readonly Option<string?> _store = new("--store") { HelpName = "FOLDER", Description = "The knowledge store. Default: the recipe's knowledge, or 'knowledge' in its run folder." };
    private readonly Option<StoreValues> _values = new("--values") { Description = "How hidden states are written.", DefaultValueFactory = _ => StoreValues.Float16 };
    private readonly Option<StoreCompression> _compress = new("--compress") { Description = "General compression of blocks.", DefaultValueFactory = _ => StoreCompression.None };
    private readonly Option<(int Part, int Parts)?> _shard = new("--shard") { HelpName = "i/n", Description = "Do only the i-th of n parts, on a machine of its own; 'decant store merge' puts them together.", CustomParser = Shard };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say how large the store will be." };
    private readonly Option<bool> _repair = new("--repair") { Description = "Keep what is whole of a damaged store and make the rest again." };

    public TeachCommand() : base("teach", "Run the teacher once and write what a recipe needs of it to a knowledge store; goes on where it was stopped.")
    {
        _recipe.AddTo(this);
        foreach (Option option in (Option[])[_store, _values, _compress, _shard, _dryRun, _repair]) Add(option);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant teach recipes/small/sst-2/pkd-skip-6.yaml --dry-run", "how large will it be?"),
        ("decant teach recipes/small/sst-2/pkd-skip-6.yaml --store runs/sst-2.knowledge", "write it (the same line goes on after a stop), then run the recipe with --set knowledge=runs/sst-2.knowledge"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        Recipe recipe = _recipe.Load(arguments);
        (int part, int parts) = arguments.GetValue(_shard) ?? (1, 1);
        var options = new StoreBuildOptions
        {
            Values = arguments.GetValue(_values), Compression = arguments.GetValue(_compress), Repair = arguments.GetValue(_repair), Part = part, Parts = parts,
        };
        var teaching = new Teaching(recipe, arguments.GetValue(_store), options);
        FactList.Write(session.Output, Facts(teaching.Path, teaching.Estimate()));
        session.Output.Flush();
        if (arguments.GetValue(_dryRun)) return ExitCodes.Done;
        StoreManifest manifest = ExperimentProgress.Watch(session, (observer, view) => teaching.Run(observer, new StoreProgress(view), session.Cancel));
        session.Output.WriteLine($"done       {manifest.Records():N0} records in {Units.Bytes(manifest.Bytes())}");
        return ExitCodes.Done;
    }

    private static KeyValuePair<string, string>[] Facts(string path, StoreEstimate estimate) =>
    [
        new("store", path),
        new("sequences", string.Create(CultureInfo.InvariantCulture, $"{estimate.Records:N0} different ones, {estimate.Tokens:N0} tokens")),
        new("size", string.Create(CultureInfo.InvariantCulture, $"about {Units.Bytes(estimate.Bytes)}, {estimate.BytesPerRecord:0} bytes a sequence: {100.0 * estimate.Bytes / estimate.FullBytes:0.###} % of all hidden states in single precision")),
    ];

    private static (int Part, int Parts)? Shard(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (text.Split('/') is [var i, var n] && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out int part)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int parts) && part >= 1 && part <= parts) return (part, parts);
        result.AddError($"--shard is '{text}'; it must be like 2/4: the second of four parts.");
        return null;
    }
}
