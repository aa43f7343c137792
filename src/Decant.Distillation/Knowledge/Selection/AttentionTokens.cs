using Decant.Models;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>The K tokens to which [CLS] attends most: row 0 of the teacher's attention, mean over heads.</summary>
internal sealed record AttentionTokens(int Tokens, bool WithoutSeparators, AttentionRank By, int? Layer) : TokenSelection
{
    public override int? Count { get; } = AtLeastOne(Tokens);

    public override OutputRequest Observes => By == AttentionRank.Scores
        ? OutputRequest.Nothing with { AttentionScores = [Layer!.Value] }
        : OutputRequest.Nothing with { AttentionProbabilities = [Layer!.Value] };

    // The embeddings have no attention of their own; the first layer's is the nearest (released code).
    public override TokenSelection At(int layer) => RankedBy(Math.Max(layer, 1));

    public override TokenSelection RankedBy(int layer) => Layer is null ? this with { Layer = layer } : this;

    public override TokenSelection WithCount(int count) => new AttentionTokens(count, WithoutSeparators, By, Layer);

    public override string Describe() =>
        $"the {Tokens} tokens with most attention from [CLS]{(WithoutSeparators ? ", [SEP] last" : "")}{(Layer is { } layer ? $" (layer {layer})" : "")}";

    public override string ToString() =>
        (WithoutSeparators ? "attentionNoSep " : "attention ") + Tokens
        + (By == AttentionRank.Scores ? Layer is null ? "" : " by scores" : " by probabilities")
        + (Layer is { } layer ? $" of layer {layer}" : "");

    internal override int[]? Positions(SelectionSource source) => Choose(source).Positions;

    internal override (int[]? Positions, int[]? Ranks) Choose(SelectionSource source)
    {
        if (WithoutSeparators && source.SeparatorId is null)
            throw new DecantException($"The token selection '{this}' has to know which token is [SEP], but the source of knowledge was made without its id.");
        int rows = source.Tokens.Sequences, length = source.Tokens.Length, width = source.Width(Tokens);
        float[] scores = Scores(source.Output);
        int[] positions = new int[rows * width], ranks = new int[rows * width];
        var order = new int[length];
        var rank = new (int Group, float Score, int Position)[length];
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < length; j++)
            {
                int group = Group(source, row, j);
                // Among separators and padding nothing is to be preferred, so the first comes first.
                (order[j], rank[j]) = (j, (group, group == 0 ? -scores[row * length + j] : 0, j));
            }
            Array.Sort(rank, order);
            Span<int> taken = positions.AsSpan(row * width, width), places = ranks.AsSpan(row * width, width);
            order.AsSpan(0, width).CopyTo(taken);
            for (int i = 0; i < width; i++) places[i] = i;
            taken.Sort(places);
        }
        return (positions, ranks);
    }

    private int Group(SelectionSource source, int row, int j) =>
        j >= source.Tokens.Lengths[row] ? 2
        : WithoutSeparators && source.Tokens.InputIds[row * source.Tokens.Length + j] == source.SeparatorId ? 1
        : 0;

    private float[] Scores(ModelOutput output)
    {
        using var scope = new TensorScope();
        Tensor attention = By == AttentionRank.Scores ? output.AttentionScores[Layer!.Value] : output.AttentionProbabilities[Layer!.Value];
        return attention.Select(2, 0).Mean(1).ToArray<float>();
    }
}
