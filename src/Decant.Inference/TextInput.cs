namespace Decant.Inference;

/// <summary>A text to classify, or a pair of texts.</summary>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Pair">The second text, or null for none. An empty second text is a second text.</param>
public readonly record struct TextInput(string Text, string? Pair = null)
{
    /// <summary>A single text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator TextInput(string text) => new(text);
}
