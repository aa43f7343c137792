using System.CommandLine;
using Decant.Text.Data;

namespace Decant.Cli.Commands;

/// <summary>How a user's own file is laid out.</summary>
internal sealed class ColumnOptions
{
    private static readonly Dictionary<string, TableFormat?> Formats = new()
    {
        ["auto"] = null, ["csv"] = TableFormat.Csv, ["tsv"] = TableFormat.Tsv, ["jsonl"] = TableFormat.JsonLines, ["lines"] = TableFormat.Lines,
    };

    private readonly Option<string> _format = new("--format")
    {
        HelpName = "FORMAT", Description = "auto (by the file's extension), csv, tsv, jsonl or lines (one text a line).", DefaultValueFactory = _ => "auto",
    };
    private readonly Option<string> _text = new("--text-column") { HelpName = "NAME", Description = "Column or field with the text.", DefaultValueFactory = _ => "text" };
    private readonly Option<string?> _pair = new("--pair-column") { HelpName = "NAME", Description = "Column or field with the second text. Default: single texts." };
    private readonly Option<string> _label = new("--label-column") { HelpName = "NAME", Description = "Column or field with the label.", DefaultValueFactory = _ => "label" };
    private readonly bool _hasLabels;

    public ColumnOptions(bool hasLabels) => _hasLabels = hasLabels;

    public void AddTo(Command command)
    {
        CommonOptions.RequireOneOf(_format, Formats.Keys);
        command.Add(_format);
        command.Add(_text);
        command.Add(_pair);
        if (_hasLabels) command.Add(_label);
    }

    public TableOptions Read(ParseResult arguments) => new()
    {
        Name = "own",
        Format = Formats[arguments.GetRequiredValue(_format)],
        Text = arguments.GetRequiredValue(_text),
        Pair = arguments.GetValue(_pair),
        Label = _hasLabels ? arguments.GetRequiredValue(_label) : "label",
    };
}
