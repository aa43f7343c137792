using Decant.Distillation.Recipes;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;

namespace Decant.Distillation.Experiments;

/// <summary>Texts without labels, for stages whose objectives need none.</summary>
internal static class UnlabelledTexts
{
    /// <summary>The training examples and the texts without labels, encoded; null where no stage wants them.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="train">The training split.</param>
    /// <param name="tokenizer">The tokenizer of the models.</param>
    /// <inheritdoc cref="Join"/>
    public static EncodedDataSet? Encode(Recipe recipe, DataSet train, WordPieceTokenizer tokenizer) =>
        recipe.AllStages().Any(stage => stage.Unlabelled) ? EncodedDataSet.Encode(Join(train, recipe.Task), tokenizer, recipe.Task.MaxLength) : null;

    /// <summary>The training examples and, after them, the texts of <see cref="TaskOptions.Unlabelled"/>.</summary>
    /// <param name="train">The training split.</param>
    /// <param name="options">The task of a recipe.</param>
    /// <exception cref="DecantException">A file is missing or malformed, or holds no pairs where the task has them.</exception>
    private static DataSet Join(DataSet train, TaskOptions options)
    {
        if (train.Task.Kind == Text.Data.TaskKind.MultipleChoice)
            throw new DecantException("task.unlabelled is for single texts and pairs; multiple choice has neither.");
        IEnumerable<Example> more = options.Unlabelled!.SelectMany(file => Read(file, train.Task, options));
        return new DataSet(train.Task, train.Split, [.. train.Examples, .. more], $"{train.Source} and {string.Join(", ", options.Unlabelled!)}");
    }

    private static IReadOnlyList<Example> Read(string file, TaskDefinition task, TaskOptions options)
    {
        DataSet texts = TableReader.Load(file, OwnFiles.Table(options), "unlabelled", task, LabelColumn.Ignored);
        if (task.IsPair && texts.Examples.FirstOrDefault(e => e.Pair is null) is { } single)
            throw new DecantException($"{file}: example {single.Id} is a single text, and {task.Name} has pairs; name the column of the second text with task.pair.");
        return texts.Examples;
    }
}
