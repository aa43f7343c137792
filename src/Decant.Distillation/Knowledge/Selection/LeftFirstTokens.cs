namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Positions 0 … K − 1.</summary>
internal sealed record LeftFirstTokens(int Tokens) : TokenSelection
{
    public override int? Count { get; } = AtLeastOne(Tokens);

    public override TokenSelection WithCount(int count) => new LeftFirstTokens(count);

    public override string Describe() => $"the first {Tokens} tokens";

    public override string ToString() => $"leftFirst {Tokens}";

    internal override int[] Positions(SelectionSource source)
    {
        int width = source.Width(Tokens);
        return [.. Enumerable.Range(0, source.Tokens.Sequences * width).Select(i => i % width)];
    }
}
