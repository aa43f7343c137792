namespace Decant.Text.Tokenization;

/// <summary>Which text loses pieces from its end when a sequence is longer than the maximum.</summary>
public enum Truncation
{
    /// <summary>
    /// Pieces are taken one by one from the longer text; from the second when both are equally long. So an odd budget
    /// leaves the extra piece to the first text, as in Google's code (Hugging Face's fast tokenizers leave it to the second).
    /// </summary>
    LongestFirst,

    /// <summary>Only the first text is cut; an error where that would leave nothing of it.</summary>
    OnlyFirst,

    /// <summary>Only the second text is cut; an error where that would leave nothing of it.</summary>
    OnlySecond,

    /// <summary>Nothing is cut, whatever the maximum.</summary>
    None,
}
