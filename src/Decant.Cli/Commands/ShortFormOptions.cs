using System.CommandLine;
using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Cli.Commands;

/// <summary>Options of <c>finetune</c> and <c>distill</c>; each sets a value of the recipe that they build.</summary>
internal sealed class ShortFormOptions
{
    private readonly List<(Option Option, string Key, Func<ParseResult, string?> Read, bool IsText)> _keys = [];
    private readonly Option<string?> _task = new("--task") { HelpName = "NAME", Description = "A GLUE task, race, or synthetic (text made by a generator)." };
    private readonly Option<string?> _data = new("--data") { HelpName = "FOLDER", Description = "The task's folder." };
    private readonly Option<string?> _train = new("--train") { HelpName = "FILE", Description = "Own data: training examples, CSV, TSV or JSONL." };
    private readonly Option<string?> _dev = new("--dev") { HelpName = "FILE", Description = "Own data: examples on which the best model is chosen." };
    private readonly Option<string[]> _set = new("--set") { HelpName = "key=value", Description = "Set any other value of the recipe, e.g. stages.0.optimizer.warmup=0.2. May be given several times." };
    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "Name of the run. Default: the task and the method." };
    private readonly Option<bool> _print = new("--print-recipe") { Description = "Print the recipe, with every value, in place of running it." };
    private readonly Option<bool> _resume = RecipeArguments.Resume();

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="epochs">Its default of epochs, for the help text.</param>
    public void AddTo(Command command, int epochs)
    {
        command.Add(_task);
        command.Add(_data);
        command.Add(_train);
        command.Add(_dev);
        CommonOptions.RequireOneOf(_task, TaskNames.Known.Keys.Append("synthetic"));
        Text(command, "--text-column", "task.text", "NAME", "Own data: column with the text. Default: text.");
        Text(command, "--pair-column", "task.pair", "NAME", "Own data: column with the second text. Default: single texts.");
        Text(command, "--label-column", "task.label", "NAME", "Own data: column with the label. Default: label.");
        CommonOptions.RequireOneOf(
            Text(command, "--kind", "task.kind", "KIND", "Own data: singleLabel, multiLabel or regression. Default: singleLabel."),
            ["singleLabel", "multiLabel", "regression"]);
        Number<int>(command, "--max-length", "task.maxLength", "Longest input in word pieces. Default: 128.");
        Number<int>(command, "--epochs", "stages.0.epochs", $"Passes over the training examples. Default: {epochs}.");
        Number<int>(command, "--batch-size", "stages.0.batchSize", "Examples in a batch. Default: 32.");
        Number<double>(command, "--learning-rate", "stages.0.optimizer.learningRate", "Peak learning rate. Default: 5e-5; small widths want more, 3e-4 at width 192.");
        var seeds = new Option<int[]>("--seeds") { HelpName = "N", Description = "One run for each seed, e.g. --seeds 1 2 3. Default: 1.", AllowMultipleArgumentsPerToken = true };
        command.Add(seeds);
        _keys.Add((seeds, "seeds", parsed => parsed.GetValue(seeds) is { Length: > 0 } all ? $"[{string.Join(", ", all)}]" : null, false));
        Text(command, "--output", "output", "FOLDER", "The run folder. Default: runs/NAME.").Aliases.Add("-o");
        command.Add(_name);
        command.Add(_set);
        command.Add(_print);
        command.Add(_resume);
        command.Validators.Add(result =>
        {
            bool hasTask = result.GetValue(_task) is not null, hasFiles = (result.GetValue(_train) ?? result.GetValue(_dev)) is not null;
            if (hasTask == hasFiles) result.AddError("Give either --task with --data, or your own files with --train and --dev.");
            else if (hasFiles && (result.GetValue(_train) is null || result.GetValue(_dev) is null)) result.AddError("Own data needs both --train and --dev.");
            else if (hasTask && result.GetValue(_task) != "synthetic" && result.GetValue(_data) is null) result.AddError("--task needs --data, the folder with the task's files.");
        });
    }

    /// <summary>Adds an option whose text is a value of the recipe.</summary>
    public Option<string?> Text(Command command, string name, string key, string helpName, string description)
    {
        var option = new Option<string?>(name) { HelpName = helpName, Description = description };
        command.Add(option);
        _keys.Add((option, key, parsed => parsed.GetValue(option), true));
        return option;
    }

    /// <summary>Adds an option whose number is a value of the recipe.</summary>
    public void Number<T>(Command command, string name, string key, string description) where T : struct, IFormattable
    {
        var option = new Option<T?>(name) { HelpName = "N", Description = description };
        command.Add(option);
        _keys.Add((option, key, parsed => parsed.GetValue(option)?.ToString(null, CultureInfo.InvariantCulture), false));
    }

    /// <summary>Builds the recipe with what the options say, then runs or prints it.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="method">The last part of the run's name.</param>
    /// <param name="fixedValues">Values that are no options, text by key.</param>
    /// <param name="build">Makes the recipe.</param>
    /// <param name="session">Where to print.</param>
    public int Run(ParseResult arguments, string method, IEnumerable<(string Key, string Value)> fixedValues, Func<IEnumerable<RecipeOverride>, Recipe> build, Session session)
    {
        Recipe recipe = build([.. fixedValues.Select(v => Scalar(v.Key, v.Value, v.Key)), .. TaskValues(arguments, method), .. OptionValues(arguments),
            .. (arguments.GetValue(_set) ?? []).Select(RecipeOverride.Parse)]);
        if (arguments.GetValue(_print)) session.Output.Write(RecipeWriter.ToYaml(recipe));
        else RunResults.RunAndPrint(recipe, arguments.GetValue(_resume), session);
        return ExitCodes.Done;
    }

    private IEnumerable<RecipeOverride> TaskValues(ParseResult arguments, string method)
    {
        string task = arguments.GetValue(_task) ?? "own";
        yield return Scalar("name", arguments.GetValue(_name) ?? $"{task}-{method}", "--name");
        yield return Scalar("task.name", task, "--task");
        if (arguments.GetValue(_data) is { } data) yield return Scalar("task.data", data, "--data");
        if (arguments.GetValue(_train) is { } train) yield return Scalar("task.train", train, "--train");
        if (arguments.GetValue(_dev) is { } dev) yield return Scalar("task.dev", dev, "--dev");
    }

    private IEnumerable<RecipeOverride> OptionValues(ParseResult arguments)
    {
        foreach (var (option, key, read, isText) in _keys)
            if (read(arguments) is { } value)
                yield return isText ? Scalar(key, value, option.Name) : new RecipeOverride(key, RecipeYaml.Parse(value, option.Name, hasLines: false), option.Name);
    }

    private static RecipeOverride Scalar(string key, string value, string source) =>
        new(key, new RecipeScalar(value, IsQuoted: true, new RecipeOrigin(source, 0)), source);
}
