using System.CommandLine;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;
using Decant.Distillation.Runs;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary>Labelled examples for a model: <c>[--task NAME --data FOLDER] [--split NAME] | --input FILE</c>; by default those of the run.</summary>
internal sealed class DataArguments(string split)
{
    private readonly Option<string?> _task = new("--task") { HelpName = "NAME", Description = "A GLUE task, or race. Default: the task of the run." };
    private readonly Option<string?> _data = new("--data") { HelpName = "FOLDER", Description = "The task's folder." };
    private readonly Option<string> _split = new("--split") { HelpName = "NAME", Description = "The split: dev, train, test, dev_mismatched, …", DefaultValueFactory = _ => split };
    private readonly Option<string?> _input = new("--input", "-i") { HelpName = "FILE", Description = "A CSV, TSV or JSONL file with labels, in place of a task." };
    private readonly ColumnOptions _columns = new(hasLabels: true);

    public void AddTo(Command command)
    {
        command.Add(_task);
        command.Add(_data);
        command.Add(_split);
        command.Add(_input);
        _columns.AddTo(command);
        CommonOptions.RequireOneOf(_task, TaskNames.Known.Keys);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_task) is not null && result.GetValue(_data) is null) result.AddError("--task needs --data, the folder with the task's files.");
            if (result.GetValue(_task) is not null && result.GetValue(_input) is not null) result.AddError("Give either --task or --input, not both.");
        });
    }

    /// <summary>Whether the command line names any examples.</summary>
    public bool AreGiven(ParseResult arguments) =>
        arguments.GetValue(_input) is not null || arguments.GetValue(_task) is not null || arguments.GetValue(_data) is not null;

    /// <summary>Reads the examples.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="model">The model's folder or run.</param>
    /// <returns>The examples, and the run's longest input where it is a run.</returns>
    public (DataSet Data, int? MaxLength) Load(ParseResult arguments, string model)
    {
        if (arguments.GetValue(_input) is { } file) return (ModelEvaluation.ReadFile(model, file, _columns.Read(arguments)), null);
        string name = arguments.GetRequiredValue(_split);
        if (arguments.GetValue(_task) is { } known)
            return (SplitLoader.Load(new TaskOptions { Name = TaskNames.Known[known], Data = arguments.GetValue(_data) }, name), null);
        TaskOptions task = RunFolder.Open(model).Recipe.Task;
        return (SplitLoader.Load(arguments.GetValue(_data) is { } data ? task with { Data = data } : task, name), task.MaxLength);
    }
}
