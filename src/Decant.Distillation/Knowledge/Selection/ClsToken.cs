namespace Decant.Distillation.Knowledge.Selection;

/// <summary>The first token: what PKD compares.</summary>
internal sealed record ClsToken : TokenSelection
{
    public override int? Count => 1;

    public override string Describe() => "[CLS]";

    public override string ToString() => "cls";

    internal override int[] Positions(SelectionSource source) => new int[source.Tokens.Sequences];
}
