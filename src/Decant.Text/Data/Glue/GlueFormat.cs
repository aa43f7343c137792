namespace Decant.Text.Data;

/// <summary>Where a GLUE task keeps its fields; columns count from 0.</summary>
internal sealed record GlueFormat(TaskDefinition Task, string Folder, GlueColumns Labelled, GlueColumns Test)
{
    /// <summary>Rows with too few fields are left out and counted, as the published scripts do for QQP.</summary>
    public bool SkipsShortRows { get; init; }

    /// <summary>The file (without <c>.tsv</c>) of the split that is called <c>dev</c> or <c>test</c>; MNLI has two of each.</summary>
    public string FileOf(string split) =>
        Folder == "MNLI" && split is "dev" or "test" ? $"{split}_matched" : split;

    public GlueColumns ColumnsOf(string split) =>
        split.StartsWith("test", StringComparison.Ordinal) ? Test : Labelled;
}

/// <summary>The columns of one kind of file.</summary>
/// <param name="Text">Column of the first text.</param>
/// <param name="Pair">Column of the second text, or null.</param>
/// <param name="Label">Column of the label, <see cref="Last"/> for the last of the row, or null if there is none.</param>
/// <param name="HasHeader">The first row names the columns.</param>
internal readonly record struct GlueColumns(int Text, int? Pair, int? Label, bool HasHeader = true)
{
    public const int Last = -1;

    /// <summary>Fewest fields of a row. A label that is last comes after both texts.</summary>
    public int Fields
    {
        get
        {
            int texts = Math.Max(Text, Pair ?? 0) + 1;
            return Label switch { null => texts, Last => texts + 1, int label => Math.Max(texts, label + 1) };
        }
    }
}
