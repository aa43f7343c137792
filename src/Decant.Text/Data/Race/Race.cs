namespace Decant.Text.Data;

/// <summary>
/// Reads RACE (Lai et al. 2017): reading comprehension with four options a question. A folder holds one JSON file a
/// passage, named <c>high-….txt</c> or <c>middle-….txt</c>, or the folders <c>high</c> and <c>middle</c> with them.
/// </summary>
public static class Race
{
    /// <summary>Options of every question.</summary>
    public const int Options = 4;

    /// <summary>The task: multiple choice of four, judged by accuracy.</summary>
    public static TaskDefinition Task { get; } = new()
    {
        Name = "race",
        Kind = TaskKind.MultipleChoice,
        Choices = Options,
        IsPair = true,
        Metrics = [MetricNames.Accuracy],
        BestMetric = MetricNames.Accuracy,
    };

    /// <summary>
    /// Reads a split. An example is one question: its text is the article, its pair the question, its choices the
    /// options, its class the place of the answer. Ids are file and question, such as <c>high-6801.txt-0</c>.
    /// </summary>
    /// <param name="folder">The folder that holds <paramref name="split"/>.</param>
    /// <param name="split"><c>train</c>, <c>dev</c> or <c>test</c>: the name of a folder.</param>
    /// <param name="level"><c>high</c> or <c>middle</c> for that part only; null for both.</param>
    /// <exception cref="DecantException">Missing folder, no files, JSON that is not valid, missing fields, an answer that is none of the options.</exception>
    public static DataSet Load(string folder, string split, string? level = null)
    {
        string path = Path.Combine(folder, split);
        if (!Directory.Exists(path)) throw new DecantException($"{path}: there is no such folder.");
        if (level is not (null or "high" or "middle")) throw new DecantException($"RACE has no level '{level}'. Its levels are high and middle.");
        // File systems list in any order; ids and batches must not depend on it.
        var files = Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories)
            .Select(f => (File: f, Name: Path.GetRelativePath(path, f).Replace('\\', '/')))
            .Where(f => level is null || f.Name.StartsWith(level, StringComparison.Ordinal))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
        var examples = new List<Example>();
        foreach ((string file, string name) in files) RacePassage.Read(file, name, examples);
        return new DataSet(Task, split, examples, path);
    }
}
