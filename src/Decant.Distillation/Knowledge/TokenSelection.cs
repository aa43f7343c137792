namespace Decant.Distillation.Knowledge;

/// <summary>Which tokens of a hidden state are wanted. A value: two equal selections are one.</summary>
public abstract record TokenSelection
{
    private TokenSelection() { }

    /// <summary>All tokens: [batch, tokens, hidden].</summary>
    public static TokenSelection All { get; } = new AllTokens();

    /// <summary>The first token alone: [batch, hidden].</summary>
    public static TokenSelection Cls { get; } = new ClsToken();

    private sealed record AllTokens : TokenSelection
    {
        public override string ToString() => "all tokens";
    }

    private sealed record ClsToken : TokenSelection
    {
        public override string ToString() => "[CLS]";
    }
}
