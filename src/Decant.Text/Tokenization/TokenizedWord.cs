namespace Decant.Text.Tokenization;

/// <summary>A word as BERT's basic tokenizer splits it off, with the pieces that it becomes.</summary>
/// <param name="Text">The word, lower-cased and stripped of accents where the tokenizer does so; a special token as it is written.</param>
/// <param name="Ids">Its pieces; one that is unknown is the unknown piece alone.</param>
public readonly record struct TokenizedWord(string Text, int[] Ids);
