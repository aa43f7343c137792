using Decant.Torch;

namespace Decant.Models;

/// <summary>A batch of token sequences, padded at the end to a common length.</summary>
public sealed class ModelInput
{
    private ModelInput(Tensor inputIds, Tensor tokenTypeIds, Tensor? attentionMask, int[] lengths)
    {
        InputIds = inputIds;
        TokenTypeIds = tokenTypeIds;
        AttentionMask = attentionMask;
        Lengths = lengths;
    }

    /// <summary>Token ids, Int64 [batch, tokens].</summary>
    public Tensor InputIds { get; }

    /// <summary>Segment ids, Int64 [batch, tokens].</summary>
    public Tensor TokenTypeIds { get; }

    /// <summary>1 for real tokens and 0 for padding, Float32 [batch, tokens]; null when nothing is padded, so that nothing need be masked.</summary>
    public Tensor? AttentionMask { get; }

    /// <summary>Real tokens of every sequence.</summary>
    public int[] Lengths { get; }

    /// <summary>Number of sequences.</summary>
    public long Batch => InputIds.Size(0);

    /// <summary>Padded length.</summary>
    public long Tokens => InputIds.Size(1);

    /// <summary>Makes the tensors of a batch.</summary>
    /// <param name="inputIds">Row-major, lengths.Length × tokens.</param>
    /// <param name="tokenTypeIds">Of the same size.</param>
    /// <param name="lengths">Real tokens of every row.</param>
    /// <param name="device">Where the tensors go.</param>
    public static ModelInput Create(ReadOnlySpan<int> inputIds, ReadOnlySpan<int> tokenTypeIds, int[] lengths, Device device = default)
    {
        int rows = lengths.Length, tokens = inputIds.Length / rows;
        if (rows * tokens != inputIds.Length || tokenTypeIds.Length != inputIds.Length)
            throw new ArgumentException($"{inputIds.Length} ids and {tokenTypeIds.Length} type ids do not make {rows} rows.");
        return new ModelInput(Place(inputIds, rows, tokens, device), Place(tokenTypeIds, rows, tokens, device), Mask(lengths, tokens, device), lengths);
    }

    /// <summary>Some of the sequences, padded to the same length; the innermost scope owns the views.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    public ModelInput Rows(long first, long count)
    {
        Tensor Part(Tensor whole) => whole.Narrow(0, first, count);
        int[] lengths = Lengths.AsSpan((int)first, (int)count).ToArray();
        bool padded = Array.Exists(lengths, length => length != Tokens);
        return new ModelInput(Part(InputIds), Part(TokenTypeIds), padded ? Part(AttentionMask!) : null, lengths);
    }

    private static Tensor Place(ReadOnlySpan<int> values, int rows, int tokens, Device device) =>
        Tensor.From(values, rows, tokens).To(DType.Int64).To(device);

    internal static Tensor? Mask(int[] lengths, int tokens, Device device)
    {
        if (Array.TrueForAll(lengths, l => l == tokens)) return null;
        var mask = new float[lengths.Length * tokens];
        for (int row = 0; row < lengths.Length; row++) mask.AsSpan(row * tokens, lengths[row]).Fill(1);
        return Tensor.From(mask, lengths.Length, tokens).To(device);
    }
}
