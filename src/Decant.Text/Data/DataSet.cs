namespace Decant.Text.Data;

/// <summary>The examples of one split of a task, in file order.</summary>
public sealed class DataSet
{
    private string? _fingerprint;

    /// <summary>Makes a data set from its examples.</summary>
    /// <param name="task">What is asked.</param>
    /// <param name="split">Name of the split, such as <c>train</c>.</param>
    /// <param name="examples">The examples; at least one.</param>
    /// <param name="source">Where they came from: a file, a folder, or the name of a generator. Used in messages.</param>
    /// <exception cref="DecantException">There are no examples.</exception>
    public DataSet(TaskDefinition task, string split, IReadOnlyList<Example> examples, string source)
    {
        if (examples.Count == 0)
            throw new DecantException($"{source}: no examples. The {split} split of {task.Name} needs at least one.");
        Task = task;
        Split = split;
        Examples = examples;
        Source = source;
        IsLabelled = examples.All(e => e.HasLabel);
    }

    /// <summary>What is asked.</summary>
    public TaskDefinition Task { get; }

    /// <summary>Name of the split, such as <c>train</c>, <c>dev</c> or <c>test</c>.</summary>
    public string Split { get; }

    /// <summary>The examples in file order.</summary>
    public IReadOnlyList<Example> Examples { get; }

    /// <summary>Where the examples came from: a file, a folder, or the name of a generator.</summary>
    public string Source { get; }

    /// <summary>True if every example carries its right answer.</summary>
    public bool IsLabelled { get; }

    /// <summary>Rows of the source that were left out because they were malformed (GLUE's QQP has some). 0 for most sources.</summary>
    public int SkippedRows { get; init; }

    /// <summary>SHA-256 (64 lower-case hexadecimal digits) of the task's labels and of every example's id, texts and answer.</summary>
    public string Fingerprint => _fingerprint ??= DataSetFingerprint.Compute(this);

    /// <summary>Refuses a set whose right answers are not all known: call it before training or evaluation.</summary>
    /// <returns>This data set.</returns>
    /// <exception cref="DecantException">An example has no label.</exception>
    public DataSet RequireLabels()
    {
        if (IsLabelled) return this;
        Example first = Examples.First(e => !e.HasLabel);
        int missing = Examples.Count(e => !e.HasLabel);
        throw new DecantException(
            $"{Source}: the {Split} split of {Task.Name} has no labels for {missing} of {Examples.Count} examples (first: {first.Id}), " +
            "so it cannot be trained or evaluated on. Use a labelled split, such as dev, or predict instead.");
    }
}
