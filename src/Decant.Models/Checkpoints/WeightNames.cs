namespace Decant.Models.Checkpoints;

/// <summary>
/// Brings the names of a BERT checkpoint to the form of today's Hugging Face models: <c>LayerNorm.gamma</c> and
/// <c>beta</c> become <c>weight</c> and <c>bias</c>; an encoder saved alone gets its <c>bert.</c>; what a wrapper put
/// before all names (<c>module.</c> of DataParallel, <c>model.</c>, …) is taken off.
/// </summary>
internal static class WeightNames
{
    // The second is the first factor of a word table in two.
    private static readonly string[] Landmarks = ["embeddings.word_embeddings.weight", "embeddings.word_embeddings1.weight"];

    /// <summary>Today's name of every tensor, with the name in the checkpoint.</summary>
    /// <param name="path">The checkpoint, for messages.</param>
    /// <param name="names">The names in the checkpoint.</param>
    /// <exception cref="DecantException">The checkpoint holds several BERTs, or two tensors come to the same name.</exception>
    public static Dictionary<string, string> Map(string path, IReadOnlyCollection<string> names)
    {
        string prefix = Prefix(path, names);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string today = Today(name, prefix);
            if (!map.TryAdd(today, name))
                throw new DecantException($"{path} holds two tensors for '{today}': '{map[today]}' and '{name}'. Remove the one that is not meant.");
        }
        // The bias of the masked-LM decoder has two names; transformers writes the first.
        if (!map.ContainsKey("cls.predictions.bias") && map.Remove("cls.predictions.decoder.bias", out string? bias))
            map.Add("cls.predictions.bias", bias);
        return map;
    }

    /// <summary>What stands before the encoder's names.</summary>
    private static string Prefix(string path, IReadOnlyCollection<string> names)
    {
        string[] prefixes = [.. Landmarks.SelectMany(landmark =>
            names.Where(n => n == landmark || n.EndsWith("." + landmark, StringComparison.Ordinal)).Select(n => n[..^landmark.Length]))];
        return prefixes switch
        {
            [] => names.Count > 0 && names.All(n => n.StartsWith("module.", StringComparison.Ordinal)) ? "module.bert." : "bert.",
            [var only] => only,
            _ => throw new DecantException($"{path} holds several models ({string.Join(", ", prefixes.Select(p => $"'{p}…'"))}). Save the one that is meant alone."),
        };
    }

    private static string Today(string name, string prefix)
    {
        if (prefix.EndsWith("bert.", StringComparison.Ordinal))
        {
            string wrapper = prefix[..^"bert.".Length];
            if (name.StartsWith(wrapper, StringComparison.Ordinal)) name = name[wrapper.Length..];
        }
        else if (prefix.Length > 0)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) name = "bert." + name[prefix.Length..];
        }
        else if (name.StartsWith("embeddings.", StringComparison.Ordinal) || name.StartsWith("encoder.", StringComparison.Ordinal) || name.StartsWith("pooler.", StringComparison.Ordinal))
        {
            name = "bert." + name;
        }
        if (name.EndsWith("LayerNorm.gamma", StringComparison.Ordinal)) return name[..^"gamma".Length] + "weight";
        if (name.EndsWith("LayerNorm.beta", StringComparison.Ordinal)) return name[..^"beta".Length] + "bias";
        return name;
    }
}
