namespace Decant.Serving.Models;

/// <summary>What a model is to look at.</summary>
/// <param name="Text">The text. It may be empty.</param>
/// <param name="Pair">The second text of a pair; null where there is none.</param>
public readonly record struct TextInput(string Text, string? Pair = null);
