using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Distillation.Sweeps;

/// <summary>The file <c>sweep.jsonl</c>: one line for each trial that has ended. It is replaced whole, so a kill leaves the old or the new.</summary>
public sealed class SweepLedger
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _path;
    private readonly List<LedgerEntry> _entries;

    private SweepLedger(string path, List<LedgerEntry> entries) => (_path, _entries) = (path, entries);

    /// <summary>What has ended, in that order; a trial that was tried again has only its last entry.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Reads a ledger; one that is not there yet is empty.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">A line cannot be read.</exception>
    public static SweepLedger Open(string path)
    {
        List<LedgerEntry> entries = [];
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            try
            {
                LedgerEntry entry = JsonSerializer.Deserialize<LedgerEntry>(lines[i], Json) ?? throw new JsonException("the line is null.");
                entries.RemoveAll(e => e.Id == entry.Id);
                entries.Add(entry);
            }
            catch (JsonException e)
            {
                throw new DecantException($"{path}:{i + 1}: this line of the sweep's ledger cannot be read: {e.Message} Delete the line to run its trial again.", e);
            }
        }
        return new(path, entries);
    }

    /// <summary>The figures of a finished trial, or null if it has not run, or failed.</summary>
    /// <param name="id">The trial's id.</param>
    public LedgerEntry? Finished(string id) => _entries.FirstOrDefault(e => e.Id == id && e.Metrics is not null);

    /// <summary>Adds an entry, in place of an older one of the same trial, and writes the file.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="DecantException">The file cannot be written; what was there is untouched.</exception>
    public void Add(LedgerEntry entry)
    {
        _entries.RemoveAll(e => e.Id == entry.Id);
        _entries.Add(entry);
        AtomicFile.WriteText(_path, string.Concat(_entries.Select(e => JsonSerializer.Serialize(e, Json) + "\n")));
    }
}

/// <summary>A trial that has ended.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Setting">Its values, key to YAML, for people; the id is what counts.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="Metrics">Its figures; null if it failed.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record LedgerEntry(
    string Id, int Seed, IReadOnlyDictionary<string, string> Setting, double Seconds,
    IReadOnlyDictionary<string, double>? Metrics = null, string? Error = null);
