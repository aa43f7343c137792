using System.Globalization;

namespace Decant.Distillation.Recipes;

/// <summary>Which layers of a model a student is cut from: <c>all</c>, <c>first 6</c>, <c>last 3</c>, <c>[0, 2, 4]</c> or <c>stacked 6</c>.</summary>
/// <remarks>
/// <c>stacked 6</c> puts copies of a shallow model on top of each other until there are 6 layers (Gong et al. 2019, Efficient Training of BERT
/// by Progressively Stacking): a deep model trained from there learns sooner than from scratch.
/// Layers are counted from 0 here, as the weights are named (<c>encoder.layer.0</c>). A layer map counts from 1, because there 0 is the embeddings.
/// </remarks>
public sealed record LayerSelection : IRecipeText<LayerSelection>
{
    private enum Rule { All, First, Last, Listed, Stacked }

    /// <summary>Every layer.</summary>
    public static LayerSelection All { get; } = new(Rule.All, 0, []);

    private readonly Rule _rule;
    private readonly int _count;
    private readonly ValueList<int> _listed;

    private LayerSelection(Rule rule, int count, ValueList<int> listed) => (_rule, _count, _listed) = (rule, count, listed);

    /// <summary>The lowest <paramref name="count"/> layers.</summary>
    /// <param name="count">1 or more.</param>
    public static LayerSelection First(int count) => Parse($"first {count}");

    /// <summary>The highest <paramref name="count"/> layers.</summary>
    /// <param name="count">1 or more.</param>
    public static LayerSelection Last(int count) => Parse($"last {count}");

    /// <summary>The listed layers.</summary>
    /// <param name="layers">0-based, rising.</param>
    public static LayerSelection Listed(params IEnumerable<int> layers) => Parse($"[{string.Join(", ", layers)}]");

    /// <summary>Copies of the whole model on top of each other.</summary>
    /// <param name="count">Layers of the stack, 1 or more.</param>
    public static LayerSelection Stacked(int count) => Parse($"stacked {count}");

    /// <summary>Whether a layer is taken more than once, so that the result is not a part of the model.</summary>
    public bool IsStack => _rule == Rule.Stacked;

    /// <summary>The 0-based layers to take, in the student's order: rising, but for a stack.</summary>
    /// <param name="layers">How many layers the model has.</param>
    /// <exception cref="DecantException">A layer is asked for that the model does not have.</exception>
    public int[] Resolve(int layers)
    {
        if (_count > layers && !IsStack)
            throw new DecantException($"Layers '{this}' do not fit: the model has {layers} layers.");
        if (_listed.Count > 0 && _listed[^1] >= layers)
            throw new DecantException($"Layer {_listed[^1]} of '{this}' does not fit: the model has {layers} layers, 0 to {layers - 1}.");
        return _rule switch
        {
            Rule.All => [.. Enumerable.Range(0, layers)],
            Rule.First => [.. Enumerable.Range(0, _count)],
            Rule.Last => [.. Enumerable.Range(layers - _count, _count)],
            Rule.Stacked => [.. Enumerable.Range(0, _count).Select(l => l % layers)],
            _ => [.. _listed],
        };
    }

    /// <inheritdoc/>
    public static LayerSelection Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["all"]) return All;
        if (words is ["first" or "last" or "stacked", var number] && Number(number) is >= 1 and var count)
            return new(words[0] switch { "first" => Rule.First, "last" => Rule.Last, _ => Rule.Stacked }, count, []);
        if (text.StartsWith('[') && text.EndsWith(']'))
        {
            int[] listed = [.. text[1..^1].Split(',', StringSplitOptions.TrimEntries).Select(Number)];
            if (listed.All(n => n >= 0) && listed.Zip(listed.Skip(1)).All(pair => pair.First < pair.Second))
                return new(Rule.Listed, 0, [.. listed]);
        }
        throw new DecantException($"must be 'all', 'first 6', 'last 3', 'stacked 6' or a rising list of layers counted from 0 such as [0, 2, 4], but is '{text}'.");
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => _rule switch
    {
        Rule.All => "all",
        Rule.First => $"first {_count}",
        Rule.Last => $"last {_count}",
        Rule.Stacked => $"stacked {_count}",
        _ => _listed.ToString(),
    };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
