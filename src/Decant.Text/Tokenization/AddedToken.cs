namespace Decant.Text.Tokenization;

/// <summary>A token that is looked for in the raw text before anything else, besides BERT's five.</summary>
/// <param name="Content">The exact text.</param>
/// <param name="Special">Whether decoders leave it out when they leave out special tokens.</param>
public readonly record struct AddedToken(string Content, bool Special);
