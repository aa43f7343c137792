namespace Decant.Text.Data;

/// <summary>What a row of a user's file says, before labels are turned into numbers.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text, if the options name one.</param>
/// <param name="Id">The id, if the options name one.</param>
/// <param name="Labels">The labels as written; null if there is none.</param>
internal readonly record struct TableRow(int Line, string Text, string? Pair, string? Id, string[]? Labels);
