namespace Decant.Models.Inspection;

/// <summary>A part of a model and what it holds.</summary>
/// <param name="Name">Such as <c>word embeddings</c> or <c>attention, 12 layers</c>.</param>
/// <param name="Tensors">Number of tensors.</param>
/// <param name="Parameters">Number of values in them.</param>
/// <param name="Bytes">Their bytes in the checkpoint.</param>
public sealed record ModelPart(string Name, int Tensors, long Parameters, long Bytes)
{
    internal const string Attention = "attention", FeedForward = "feed-forward", Head = "head";

    /// <summary>The parts, in the order of the network.</summary>
    internal static IReadOnlyList<string> Order { get; } =
        ["word embeddings", "position embeddings", "segment embeddings", "embedding norm", Attention, FeedForward, "pooler", "branch classifiers", Head];

    /// <summary>The part that a tensor of a checkpoint belongs to, by its name.</summary>
    internal static string Of(string tensor)
    {
        string name = tensor.StartsWith("bert.", StringComparison.Ordinal) ? tensor["bert.".Length..] : tensor;
        if (name.StartsWith("embeddings.word_embeddings", StringComparison.Ordinal)) return Order[0];
        if (name.StartsWith("embeddings.position_embeddings.", StringComparison.Ordinal)) return Order[1];
        if (name.StartsWith("embeddings.token_type_embeddings.", StringComparison.Ordinal)) return Order[2];
        if (name.StartsWith("embeddings.", StringComparison.Ordinal)) return Order[3];
        if (name.StartsWith("encoder.layer.", StringComparison.Ordinal)) return name.Contains(".attention.", StringComparison.Ordinal) ? Attention : FeedForward;
        if (name.StartsWith("pooler.", StringComparison.Ordinal)) return Order[6];
        return name.StartsWith("branches.", StringComparison.Ordinal) ? Order[7] : Head;
    }
}
