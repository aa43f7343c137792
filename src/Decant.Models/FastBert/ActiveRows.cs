using Decant.Models.Bert;
using Decant.Models.Bert.Attention;
using Decant.Torch;

namespace Decant.Models.FastBert;

/// <summary>The sequences of a batch that are still under way: where they stood in the batch, how long they are, and what masks their padding.</summary>
/// <param name="rows">Their places in the batch.</param>
/// <param name="lengths">Real tokens of each.</param>
/// <param name="headCounts">The numbers of heads that masks are needed for; a branch's is 1.</param>
/// <param name="device">Where the masks go.</param>
internal sealed class ActiveRows(int[] rows, int[] lengths, IReadOnlyList<int> headCounts, Device device)
{
    public int[] Rows => rows;

    /// <summary>What hides the padding; null when nothing is padded.</summary>
    public AttentionMask? Masks { get; private set; }

    public static ActiveRows All(ModelInput input, IReadOnlyList<int> headCounts)
    {
        var all = new ActiveRows([.. Enumerable.Range(0, input.Lengths.Length)], input.Lengths, headCounts, input.InputIds.Device);
        all.MakeMasks((int)input.Tokens);
        return all;
    }

    /// <summary>Those that go on, and their hidden states: the others' rows are taken out, and so is padding that only they needed.</summary>
    /// <param name="places">Places among these rows, rising.</param>
    /// <param name="hidden">[rows, tokens, hidden]</param>
    public (ActiveRows Rows, Tensor Hidden) Keep(int[] places, Tensor hidden)
    {
        var kept = new ActiveRows([.. places.Select(p => rows[p])], [.. places.Select(p => lengths[p])], headCounts, device);
        int tokens = kept.Longest;
        Tensor shorter = tokens < hidden.Size(1) ? hidden.Narrow(1, 0, tokens) : hidden;
        kept.MakeMasks(tokens);
        return (kept, shorter.IndexSelect(0, Tensor.From(places, places.Length).To(DType.Int64).To(device)));
    }

    /// <summary>Hands the masks on to the scope around this one.</summary>
    public void KeepMasks(TensorScope scope)
    {
        foreach (Tensor mask in Masks?.Tensors ?? []) scope.Keep(mask);
    }

    private int Longest => lengths.Max();

    private void MakeMasks(int tokens) => Masks = AttentionMask.Of(ModelInput.Mask(lengths, tokens, device), headCounts);
}
