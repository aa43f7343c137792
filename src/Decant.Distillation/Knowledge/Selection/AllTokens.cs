namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Every token.</summary>
internal sealed record AllTokens : TokenSelection
{
    public override int? Count => null;

    public override string Describe() => "all tokens";

    public override string ToString() => "all";

    internal override int[]? Positions(SelectionSource source) => null;
}
