namespace Decant.Text.Augmentation;

/// <summary>A text with one masked piece, before the text as it is: <c>[CLS] masked [SEP] text [SEP]</c>.</summary>
/// <param name="Ids">The pieces.</param>
/// <param name="FirstLength">How many of them belong to the first segment.</param>
/// <param name="Position">The place of the mask.</param>
public readonly record struct MaskedQuery(int[] Ids, int FirstLength, int Position);

/// <summary>A language model that fills in masks.</summary>
public interface IMaskedWordModel
{
    /// <summary>Longest sequence that it can read, in pieces.</summary>
    int MaxLength { get; }

    /// <summary>The pieces that fit best in place of each mask, the best first.</summary>
    /// <param name="queries">Any number of them; the answer does not depend on their order beyond the last bits of a sum.</param>
    /// <param name="count">Pieces for each.</param>
    /// <param name="stop">Cancels.</param>
    int[][] Predict(IReadOnlyList<MaskedQuery> queries, int count, CancellationToken stop = default);
}
