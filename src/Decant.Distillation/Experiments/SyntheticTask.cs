using Decant.Distillation.Recipes;
using Decant.Text.Data.Synthetic;

namespace Decant.Distillation.Experiments;

/// <summary>The reviews that a seeded generator writes, with a vocabulary of their own.</summary>
public static class SyntheticTask
{
    /// <summary>Writes the splits.</summary>
    /// <param name="options">The task of a recipe.</param>
    public static TaskSplits Load(TaskOptions options)
    {
        SyntheticOptions sizes = options.Synthetic ?? new SyntheticOptions();
        SyntheticSplits splits = SyntheticReviews.Splits(sizes.Seed, sizes.Train, sizes.Dev, Math.Max(1, sizes.Test));
        return new TaskSplits(splits.Train, splits.Dev) { Vocabulary = SyntheticReviews.Vocabulary };
    }
}
