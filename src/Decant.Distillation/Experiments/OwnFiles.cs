using Decant.Distillation.Recipes;
using Decant.Text.Data;

namespace Decant.Distillation.Experiments;

/// <summary>A user's own CSV, TSV or JSON-lines files.</summary>
public static class OwnFiles
{
    /// <summary>Reads the training and dev files; the labels that the training file has hold for both.</summary>
    /// <param name="options">The task of a recipe.</param>
    public static TaskSplits Load(TaskOptions options)
    {
        TableOptions table = Table(options);
        DataSet train = TableReader.Load(options.Train!, table, "train");
        DataSet dev = TableReader.Load(options.Dev!, table, "dev", train.Task);
        return new TaskSplits(options.Augmented is { } augmented ? TableReader.Load(augmented, table, "augmented", train.Task) : train, dev);
    }

    /// <summary>How the files are read.</summary>
    /// <param name="options">The task of a recipe.</param>
    public static TableOptions Table(TaskOptions options) => new()
    {
        Name = "own",
        Kind = options.Kind,
        Format = options.Format switch
        {
            FileFormat.Csv => TableFormat.Csv,
            FileFormat.Tsv => TableFormat.Tsv,
            FileFormat.Jsonl => TableFormat.JsonLines,
            _ => null,
        },
        Text = options.Text,
        Pair = options.Pair,
        Label = options.Label,
        Labels = options.Labels,
    };
}
