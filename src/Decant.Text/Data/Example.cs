namespace Decant.Text.Data;

/// <summary>One example: its text or texts, and what is known about the right answer.</summary>
public sealed class Example
{
    /// <summary>Stable name within the data set, such as <c>train-17</c>, for messages and predictions.</summary>
    public required string Id { get; init; }

    /// <summary>The text; the first of two for a pair; the article for multiple choice.</summary>
    public required string Text { get; init; }

    /// <summary>The second text of a pair; the question for multiple choice; otherwise null.</summary>
    public string? Pair { get; init; }

    /// <summary>The choices of a multiple-choice example; otherwise null. All examples of a set have the same number.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The right class (single label) or the right choice (multiple choice), from 0; null if unknown.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>The target numbers, or null if unknown: one for regression; for multi-label one per label, each 0 or 1.</summary>
    public IReadOnlyList<float>? Targets { get; init; }

    /// <summary>True if the right answer is known.</summary>
    public bool HasLabel => ClassIndex is not null || Targets is not null;
}
