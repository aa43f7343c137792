namespace Decant.Distillation.Knowledge.Store;

/// <summary>Compares what a store was made from with what is wanted, field by field, and names the first that differs.</summary>
public static class StoreMatch
{
    /// <summary>Refuses to train from a store of another teacher, tokenizer, maximum length or order of labels.</summary>
    /// <param name="path">The store.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="teacher">Fingerprint of the recipe's teacher; null where it is not on this machine.</param>
    /// <param name="tokenizer">Fingerprint of the recipe's tokenizer.</param>
    /// <param name="maxLength">The recipe's maximum length.</param>
    /// <param name="labels">The task's labels in the order of the logits.</param>
    /// <exception cref="DecantException">One of them differs.</exception>
    public static void RequireTraining(string path, StoreManifest manifest, string? teacher, string tokenizer, int maxLength, IEnumerable<string> labels) =>
        Compare(path,
        [
            ("teacher.fingerprint", manifest.Teacher.Fingerprint, teacher ?? manifest.Teacher.Fingerprint),
            ("tokenizer", manifest.Tokenizer, tokenizer),
            ("maxLength", $"{manifest.MaxLength}", $"{maxLength}"),
            .. manifest.Data.Select(data => ("data.labels", string.Join(", ", data.Labels), string.Join(", ", labels))),
        ], "Name a store that was made for this recipe, or make one with 'decant teach'.");

    /// <summary>Refuses to go on with a store that was begun from something else.</summary>
    internal static void RequireSame(string path, StoreManifest found, StoreManifest wanted)
    {
        if (found.Data.Count != 1) throw new DecantException($"The knowledge store {path} was merged from others, so that it cannot be built on. Nothing was changed; build into another folder.");
        Compare(path,
        [
            .. Content(found, wanted),
            ("compression", $"{found.Compression}", $"{wanted.Compression}"),
            ("blockBytes", $"{found.BlockBytes}", $"{wanted.BlockBytes}"),
            ("shardBytes", $"{found.ShardBytes}", $"{wanted.ShardBytes}"),
            ("data.fingerprint", found.Data[0].Fingerprint, wanted.Data[0].Fingerprint),
            ("data.part", $"{found.Data[0].Part} of {found.Data[0].Parts}", $"{wanted.Data[0].Part} of {wanted.Data[0].Parts}"),
        ], "Nothing was changed; build into another folder, or remove this one.");
    }

    /// <summary>Refuses to put stores together whose records are not alike.</summary>
    internal static void RequireAlike(string path, StoreManifest found, StoreManifest wanted) =>
        Compare(path, [.. Content(found, wanted)], "Only stores of one teacher, tokenizer, maximum length and request can be merged.");

    private static IEnumerable<(string Field, string Stored, string Wanted)> Content(StoreManifest found, StoreManifest wanted) =>
    [
        ("teacher.fingerprint", found.Teacher.Fingerprint, wanted.Teacher.Fingerprint),
        ("tokenizer", found.Tokenizer, wanted.Tokenizer),
        ("maxLength", $"{found.MaxLength}", $"{wanted.MaxLength}"),
        ("request", string.Join("; ", found.Request), string.Join("; ", wanted.Request)),
        ("values", $"{found.Values}", $"{wanted.Values}"),
    ];

    private static void Compare(string path, IEnumerable<(string Field, string Stored, string Wanted)> fields, string remedy)
    {
        foreach ((string field, string stored, string wanted) in fields)
            if (stored != wanted)
                throw new DecantException($"The knowledge store {path} does not fit: its field {field} is '{stored}', but '{wanted}' is wanted. {remedy}");
    }
}
