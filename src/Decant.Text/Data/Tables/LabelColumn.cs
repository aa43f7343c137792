namespace Decant.Text.Data;

/// <summary>What to do with the label column of a user's file.</summary>
public enum LabelColumn
{
    /// <summary>Every row must have its label.</summary>
    Required,

    /// <summary>The column, or the label of a row, may be missing; such examples are unlabelled.</summary>
    Optional,

    /// <summary>Labels are not read, even where there are some.</summary>
    Ignored,
}
