using Decant.Models.Bert;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert;

public sealed class AttentionContextTests : IDisposable
{
    private const int Batch = 3, Heads = 4, Tokens = 9, Size = 5;

    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(false, 0, 9)]
    [InlineData(true, 0, 9)]
    [InlineData(false, 0.2, 9)]
    [InlineData(true, 0.2, 9)]
    [InlineData(true, 0.2, 1)]
    public void Values_and_gradients_have_the_bits_of_the_steps_one_by_one(bool padded, double probability, int queries)
    {
        Tensor? mask = padded ? AttentionMask.Of(Tensor.From<long>([.. Enumerable.Range(0, Batch * Tokens).Select(i => i % Tokens < 4 + i / Tokens ? 1L : 0)], Batch, Tokens), Heads)![Heads] : null;
        Tensor factor = Normal(4, queries);
        Tensor[] plain = [Leaf(1, queries), Leaf(2, Tokens), Leaf(3, Tokens)], lean = [Leaf(1, queries), Leaf(2, Tokens), Leaf(3, Tokens)];
        Tensor dropped = AttentionHeads.Scores(plain[0], plain[1], mask).Softmax();
        if (probability > 0) dropped = NewDropout().Apply(dropped, probability);
        Tensor expected = dropped.BatchMatMul(plain[2]);
        Tensor given = AttentionContext.Of(lean[0], lean[1], lean[2], mask, probability > 0 ? NewDropout().Next(dropped.Count, probability) : null);
        AssertSameBits(expected, given);
        (expected * factor).Sum().Backward();
        (given * factor).Sum().Backward();
        for (int i = 0; i < 3; i++) AssertSameBits(plain[i].Grad!, lean[i].Grad!);
    }

    private static Dropout NewDropout() => new(new RandomStream(1, "dropout"));

    private static Tensor Leaf(ulong seed, int tokens)
    {
        Tensor leaf = Normal(seed, tokens);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static Tensor Normal(ulong seed, int tokens)
    {
        Tensor tensor = Tensor.Empty([Batch * Heads, tokens, Size]);
        new RandomStream(seed, "attention").FillNormal(tensor.Span<float>(), 1);
        return tensor;
    }

    private static void AssertSameBits(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape, given.Shape);
        Assert.Equal(expected.ToArray<float>(), given.ToArray<float>());
    }
}
