namespace Decant.Text.Data.Synthetic;

/// <summary>Synthetic reviews, split; no text is in two splits.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Dev">To choose by.</param>
/// <param name="Test">To report on.</param>
/// <param name="Unlabelled">Reviews without labels, for a teacher to label; null if none were asked for.</param>
public sealed record SyntheticSplits(DataSet Train, DataSet Dev, DataSet Test, DataSet? Unlabelled);
