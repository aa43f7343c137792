namespace Decant.Distillation.Knowledge;

/// <summary>A part of the teacher's hidden-state knowledge: layers × tokens.</summary>
/// <param name="Layer">0 is the embedding output, l the output of transformer layer l.</param>
/// <param name="Tokens">Which tokens of that layer.</param>
public readonly record struct HiddenStateRequest(int Layer, TokenSelection Tokens)
{
    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}, {Tokens}";
}
