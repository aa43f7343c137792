namespace Decant.Text.Tokenization.Formats;

/// <summary>Reads one added token as <c>tokenizer.json</c> and <c>tokenizer_config.json</c> write it.</summary>
internal static class AddedTokenReader
{
    /// <summary>The token; refuses matching rules that BERT's own tokens do not have.</summary>
    public static AddedToken Read(JsonFile token)
    {
        string content = token.String("content") ?? throw token.Unsupported("content", "missing", "a token with its text");
        foreach (string rule in (string[])["lstrip", "rstrip", "single_word", "normalized"])
            if (token.Boolean(rule) == true) throw token.Unsupported(rule, $"true for the token {content}", "false");
        return new(content, token.Boolean("special") ?? false);
    }
}
