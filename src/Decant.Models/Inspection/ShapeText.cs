using Decant.Models.Bert;

namespace Decant.Models.Inspection;

/// <summary>A model's heads and feed-forward widths in words, pruned or not.</summary>
public static class ShapeText
{
    /// <summary>Such as <c>12</c>; <c>2 of 12</c> or <c>1–4 of 12</c> where heads were cut off.</summary>
    /// <param name="config">The sizes.</param>
    public static string Heads(BertConfig config) =>
        Range(config, config.HeadsOf) is var left && config.PrunedHeads is { IsEmpty: false } ? $"{left} of {config.Heads}" : left;

    /// <summary>Such as <c>3072</c>, or <c>512–3072</c> where layers differ.</summary>
    /// <param name="config">The sizes.</param>
    public static string FeedForward(BertConfig config) => Range(config, config.IntermediateSizeOf);

    private static string Range(BertConfig config, Func<int, int> sizeOf)
    {
        int[] sizes = [.. Enumerable.Range(0, config.Layers).Select(sizeOf)];
        return sizes.Min() == sizes.Max() ? FormattableString.Invariant($"{sizes[0]}") : FormattableString.Invariant($"{sizes.Min()}–{sizes.Max()}");
    }
}
