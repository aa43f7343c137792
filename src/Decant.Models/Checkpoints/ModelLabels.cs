using System.Globalization;
using System.Text.Json.Nodes;

namespace Decant.Models.Checkpoints;

/// <summary>
/// The labels of a classifier in the order of its outputs: <c>id2label</c> of a <c>config.json</c>. The order is part of
/// the model; nothing but this says which output means what.
/// </summary>
public sealed class ModelLabels
{
    private readonly string[] _names;

    /// <summary>Labels in the order of the outputs.</summary>
    /// <param name="names">At least one; no two alike.</param>
    /// <exception cref="DecantException">There is none, or one twice.</exception>
    public ModelLabels(IEnumerable<string> names)
    {
        _names = [.. names];
        if (_names.Length == 0) throw new DecantException("A model needs at least one label.");
        if (_names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DecantException($"The label '{twice.Key}' is there twice; every output needs its own.");
    }

    /// <summary>The labels by output.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    /// <summary>Whether they are no more than LABEL_0, LABEL_1, …</summary>
    public bool AreUnnamed => _names.Select((name, id) => name == $"LABEL_{id.ToString(CultureInfo.InvariantCulture)}").All(unnamed => unnamed);

    /// <summary>The output of a label.</summary>
    /// <param name="label">Its exact name; case counts.</param>
    /// <exception cref="DecantException">The model has no such label; the message lists those it has.</exception>
    public int IdOf(string label)
    {
        int id = Array.IndexOf(_names, label);
        return id >= 0 ? id : throw new DecantException($"The model has no label '{label}'; it has {string.Join(", ", _names.Take(20))}{(Count > 20 ? ", …" : "")}.");
    }

    /// <summary>LABEL_0, LABEL_1, …: what <c>transformers</c> calls labels without names.</summary>
    /// <param name="count">How many.</param>
    public static ModelLabels Unnamed(int count) =>
        new(Enumerable.Range(0, count).Select(i => $"LABEL_{i.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>Reads the labels of a configuration; null when it names none.</summary>
    /// <param name="config">The whole <c>config.json</c>.</param>
    /// <param name="path">The file, for messages.</param>
    internal static ModelLabels? Read(JsonObject config, string path)
    {
        // id2label is the truth: published models often carry a label2id that was never adapted.
        if (config["id2label"] is JsonObject byId) return FromPairs(byId.Select(p => (Text(p.Value), Id(p.Key))), "id2label", path);
        if (config["label2id"] is JsonObject byLabel) return FromPairs(byLabel.Select(p => ((string?)p.Key, Id(p.Value?.ToString()))), "label2id", path);
        return config["num_labels"] is JsonValue n && n.TryGetValue(out int count) && count > 0 ? Unnamed(count) : null;
    }

    /// <summary>Writes <c>id2label</c> and <c>label2id</c>.</summary>
    internal void Write(JsonObject config)
    {
        JsonObject byId = [], byLabel = [];
        for (int id = 0; id < Count; id++)
        {
            byId[id.ToString(CultureInfo.InvariantCulture)] = _names[id];
            byLabel[_names[id]] = id;
        }
        config["id2label"] = byId;
        config["label2id"] = byLabel;
    }

    private static ModelLabels FromPairs(IEnumerable<(string? Label, int? Id)> pairs, string field, string path)
    {
        var sorted = pairs.OrderBy(p => p.Id).ToArray();
        for (int i = 0; i < sorted.Length; i++)
            if (sorted[i].Id != i || sorted[i].Label is null)
                throw new DecantException($"{path}: {field} must give a name to each output from 0 to {sorted.Length - 1}, once.");
        return sorted.Length == 0 ? throw new DecantException($"{path}: {field} is empty.") : Named(sorted.Select(p => p.Label!), field, path);
    }

    private static ModelLabels Named(IEnumerable<string> names, string field, string path)
    {
        try
        {
            return new ModelLabels(names);
        }
        catch (DecantException e)
        {
            throw new DecantException($"{path}: {field}: {e.Message}", e);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue ? node.ToString() : null;

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
}
