namespace Decant.Distillation.Knowledge.Selection;

/// <summary>The last K real tokens.</summary>
internal sealed record RightFirstTokens(int Tokens) : TokenSelection
{
    public override int? Count { get; } = AtLeastOne(Tokens);

    public override TokenSelection WithCount(int count) => new RightFirstTokens(count);

    public override string Describe() => $"the last {Tokens} tokens";

    public override string ToString() => $"rightFirst {Tokens}";

    internal override int[] Positions(SelectionSource source)
    {
        int width = source.Width(Tokens);
        return [.. source.Tokens.Lengths.SelectMany(length => Enumerable.Range(Math.Max(0, length - width), width))];
    }
}
