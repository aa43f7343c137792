using System.Text.Json;

namespace Decant.Text.Tokenization.Formats;

/// <summary>Checks that the post-processor of a <c>tokenizer.json</c> is BERT's and finds what it calls its tokens.</summary>
internal static class PostProcessor
{
    /// <summary>The special tokens with the classification and separator tokens of the post-processor.</summary>
    public static SpecialTokens Read(JsonFile root, SpecialTokens special)
    {
        JsonFile post = root.Object("post_processor");
        switch (post.String("type"))
        {
            case "BertProcessing":
                return special with { Classification = First(post, "cls"), Separator = First(post, "sep") };
            case "TemplateProcessing":
                return ReadTemplate(post, special);
            case var type:
                throw post.Unsupported("type", type ?? "missing", "BertProcessing or TemplateProcessing");
        }
    }

    private static SpecialTokens ReadTemplate(JsonFile post, SpecialTokens special)
    {
        string[] single = [.. post.Array("single").Select(step => Describe(post, "single", step))];
        string[] pair = [.. post.Array("pair").Select(step => Describe(post, "pair", step))];
        const string wanted = "[CLS]:0 $A:0 [SEP]:0";
        if (single.Length != 3 || !single[0].EndsWith(":0", StringComparison.Ordinal) || single[1] != "$A:0" || !single[2].EndsWith(":0", StringComparison.Ordinal))
            throw post.Unsupported("single", string.Join(' ', single), wanted);
        string separator = single[2][..^2];
        if (!pair.SequenceEqual([.. single, "$B:1", separator + ":1"]))
            throw post.Unsupported("pair", string.Join(' ', pair), wanted + " $B:1 [SEP]:1");
        return special with { Classification = single[0][..^2], Separator = separator };
    }

    private static string Describe(JsonFile post, string name, JsonElement step)
    {
        JsonFile item = post.Element(name, step);
        bool sequence = item.Has("Sequence");
        JsonFile body = item.Object(sequence ? "Sequence" : "SpecialToken");
        return $"{(sequence ? "$" : "")}{body.String("id")}:{body.Integer("type_id") ?? 0}";
    }

    private static string First(JsonFile post, string name) =>
        post.Array(name).FirstOrDefault() is { ValueKind: JsonValueKind.String } value
            ? value.GetString()!
            : throw post.Unsupported(name, "missing", "a pair of a token and its id");
}
