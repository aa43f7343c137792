using Decant.Torch;

namespace Decant.Models.Bert;

/// <summary>The tokens that a last layer is computed for where only some are wanted: those, and [CLS], each once.</summary>
internal sealed class LastLayerTokens
{
    private readonly TokenPositions wanted;
    private readonly bool[] hasCls;
    private readonly int width;  // tokens of each sequence that are computed

    /// <param name="wanted">The tokens that were asked for, rising within a sequence.</param>
    public LastLayerTokens(TokenPositions wanted)
    {
        this.wanted = wanted;
        hasCls = [.. Enumerable.Range(0, wanted.Sequences).Select(row => wanted.Width > 0 && wanted.Of(row)[0] == 0)];
        width = wanted.Width + (Array.TrueForAll(hasCls, has => has) ? 0 : 1);
    }

    /// <summary>The tokens to compute, [CLS] first; a sequence that lacks one for the common width has [CLS] again at the end.</summary>
    /// <param name="hidden">[batch, tokens, hidden]</param>
    /// <returns>[batch, width, hidden]</returns>
    public Tensor TakeQueries(Tensor hidden)
    {
        var places = new int[hasCls.Length * width];
        for (int row = 0; row < hasCls.Length; row++) wanted.Of(row).CopyTo(places.AsSpan(row * width + FirstOf(row)));
        return new TokenPositions(places, hasCls.Length).TakeFrom(hidden);
    }

    /// <summary>Of what was computed, the tokens that were asked for.</summary>
    /// <param name="computed">[batch, width, hidden]</param>
    /// <returns>[batch, wanted, hidden]</returns>
    public Tensor TakeWanted(Tensor computed)
    {
        if (width == wanted.Width) return computed;
        var places = new int[hasCls.Length * wanted.Width];
        for (int i = 0; i < places.Length; i++) places[i] = i % wanted.Width + FirstOf(i / wanted.Width);
        return new TokenPositions(places, hasCls.Length).TakeFrom(computed);
    }

    private int FirstOf(int row) => hasCls[row] ? 0 : 1;
}
