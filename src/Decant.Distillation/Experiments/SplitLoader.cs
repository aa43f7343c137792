using Decant.Distillation.Recipes;
using Decant.Text.Data;
using Decant.Text.Data.Synthetic;

namespace Decant.Distillation.Experiments;

/// <summary>Reads one split of a task by its name, whole, whatever the recipe's limits.</summary>
public static class SplitLoader
{
    /// <summary>Reads a split.</summary>
    /// <param name="options">The task of a recipe.</param>
    /// <param name="split"><c>train</c>, <c>dev</c> or <c>test</c>; for GLUE any file name without <c>.tsv</c>, such as <c>dev_mismatched</c>.</param>
    /// <exception cref="DecantException">There is no such split, or its file is missing or malformed.</exception>
    public static DataSet Load(TaskOptions options, string split) => options.Name switch
    {
        TaskName.Own => LoadOwn(options, split),
        TaskName.Synthetic => LoadSynthetic(options, split),
        TaskName.Race => Race.Load(options.Data!, split),
        _ => Glue.Load(TaskLoader.NameOf(options.Name), options.Data!, split),
    };

    private static DataSet LoadOwn(TaskOptions options, string split)
    {
        TaskSplits splits = OwnFiles.Load(options);
        return split switch
        {
            "train" => splits.Train,
            "dev" => splits.Dev,
            "test" when options.Test is { } test => TableReader.Load(test, OwnFiles.Table(options), split, splits.Train.Task, LabelColumn.Optional),
            "test" => throw new DecantException("The task names no test file; set task.test, or evaluate the file itself."),
            _ => throw Unknown(split),
        };
    }

    private static DataSet LoadSynthetic(TaskOptions options, string split)
    {
        SyntheticOptions sizes = options.Synthetic ?? new SyntheticOptions();
        SyntheticSplits splits = SyntheticReviews.Splits(sizes.Seed, sizes.Train, sizes.Dev, Math.Max(1, sizes.Test));
        return split switch { "train" => splits.Train, "dev" => splits.Dev, "test" when sizes.Test > 0 => splits.Test, _ => throw Unknown(split) };
    }

    private static DecantException Unknown(string split) => new($"The task has no split '{split}'; it has train, dev and, where it says so, test.");
}
