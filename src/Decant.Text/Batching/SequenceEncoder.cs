namespace Decant.Text.Batching;

/// <summary>
/// Turns a text or a pair into token ids, special tokens included: <c>[CLS] a [SEP]</c> or <c>[CLS] a [SEP] b [SEP]</c>.
/// It is called from several threads at once.
/// </summary>
/// <param name="text">The first text.</param>
/// <param name="pair">The second text, or null.</param>
/// <param name="maxLength">Longest sequence allowed, special tokens included.</param>
/// <param name="ids">Where the ids are appended; at least one, at most <paramref name="maxLength"/>.</param>
/// <returns>How many of the appended ids belong to the first segment (type id 0), its special tokens included.</returns>
public delegate int SequenceEncoder(string text, string? pair, int maxLength, List<int> ids);
