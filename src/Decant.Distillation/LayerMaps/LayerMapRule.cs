using Decant.Distillation.Recipes;

namespace Decant.Distillation.LayerMaps;

/// <summary>How a layer map is made once the depths are known. N is the number of teacher layers, k that of the student.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>skip</c></term><description>student j ← teacher N·j/k, j = 1…k−1 (PKD-Skip; halves are rounded to even where k does not divide N)</description></item>
/// <item><term><c>last</c></term><description>student j ← teacher N−k+j, j = 1…k−1 (PKD-Last)</description></item>
/// <item><term><c>first</c></term><description>student j ← teacher j, j = 1…k−1</description></item>
/// <item><term><c>uniform</c></term><description>student j ← teacher N·j/k, j = 0…k (TinyBERT, t_top12 of a 12-layer teacher)</description></item>
/// <item><term><c>t_top10</c></term><description>student j ← teacher 10·j/k, j = 0…k, halves to even (Marginal Utility Diminishes)</description></item>
/// <item><term><c>[2, 4, 6]</c></term><description>student 1, 2, 3 ← teacher 2, 4, 6</description></item>
/// <item><term><c>{1: 2, 2: [5, 6]}</c></term><description>the pairs as they are, also several for one layer</description></item>
/// </list>
/// <c>keep 2</c> after a rule keeps the two highest student layers: <c>t_top10 keep 2</c>.
/// PKD leaves out the student's top layer, which the logits teach; hence k−1.
/// </remarks>
public abstract record LayerMapRule : IRecipeText<LayerMapRule>
{
    /// <summary>PKD-Skip.</summary>
    public static LayerMapRule Skip { get; } = new IntermediateRule("skip", (j, n, k) => Proportion(n, j, k));

    /// <summary>PKD-Last.</summary>
    public static LayerMapRule Last { get; } = new IntermediateRule("last", (j, n, k) => n - k + j);

    /// <summary>Each student layer from the teacher layer of the same number.</summary>
    public static LayerMapRule First { get; } = new IntermediateRule("first", (j, _, _) => j);

    /// <summary>All layers and the embeddings, evenly spread up to the teacher's top.</summary>
    public static LayerMapRule Uniform { get; } = new UniformRule(null);

    /// <summary>All layers and the embeddings, evenly spread up to teacher layer <paramref name="top"/>.</summary>
    /// <param name="top">1 or more.</param>
    public static LayerMapRule TeacherTop(int top) => top >= 1
        ? new UniformRule(top)
        : throw new DecantException($"must have a top teacher layer from 1, but t_top{top} has not.");

    /// <summary>Student layers 1, 2, … from the listed teacher layers.</summary>
    /// <param name="teachers">Teacher layers, at least one.</param>
    public static LayerMapRule Listed(params IEnumerable<int> teachers) => new ListedRule(teachers.ToValueList());

    /// <summary>The pairs as they are.</summary>
    /// <param name="pairs">The pairs, at least one.</param>
    public static LayerMapRule Pairs(params IEnumerable<LayerPair> pairs) => new PairsRule(pairs.ToValueList());

    /// <summary>This rule, but only its highest <paramref name="count"/> student layers.</summary>
    /// <param name="count">1 or more.</param>
    public LayerMapRule KeepTop(int count) => new KeepRule(this, count);

    /// <summary>The map for two models.</summary>
    /// <param name="teacherLayers">N, 1 or more.</param>
    /// <param name="studentLayers">k, 1 or more.</param>
    /// <exception cref="DecantException">The rule does not fit these depths; the message names the layer and how many there are.</exception>
    public abstract LayerMap For(int teacherLayers, int studentLayers);

    /// <inheritdoc/>
    public static LayerMapRule Parse(string text) => LayerMapText.Parse(text);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public abstract override string ToString();

    /// <summary>whole · part / parts, halves rounded to even as in Python's <c>round</c>, without passing through floating point.</summary>
    /// <param name="whole">0 or more.</param>
    /// <param name="part">0 to <paramref name="parts"/>.</param>
    /// <param name="parts">1 or more.</param>
    public static int Proportion(int whole, int part, int parts)
    {
        (int quotient, int rest) = Math.DivRem(whole * part, parts);
        int twice = 2 * rest;
        return twice > parts || (twice == parts && quotient % 2 != 0) ? quotient + 1 : quotient;
    }
}
