using Decant.Models.Bert;
using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Bert.Attention;

public sealed class AttentionContextTests : IDisposable
{
    private const int Batch = 3, Heads = 4;
    private const float Near = 2e-5f;

    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    // Sizes that are, and are not, whole vectors; more queries than a block; the last layer's one query.
    [Theory]
    [InlineData(9, 9, 5, false, 0)]
    [InlineData(9, 9, 5, true, 0)]
    [InlineData(9, 9, 26, false, 0.2)]
    [InlineData(9, 1, 26, true, 0.2)]
    [InlineData(16, 16, 16, true, 0.5)]
    [InlineData(33, 33, 64, true, 0)]
    [InlineData(71, 71, 32, true, 0.1)]
    [InlineData(200, 3, 8, false, 0.1)]
    [InlineData(1, 1, 3, false, 0)]
    public void Values_and_gradients_are_those_of_the_steps_one_by_one(int tokens, int queries, int size, bool padded, double probability)
    {
        Tensor? mask = padded ? Mask(tokens) : null;
        Tensor factor = Normal(4, queries, size);
        Tensor[] plain = Leaves(tokens, queries, size), fused = Leaves(tokens, queries, size);
        Tensor[] split = [.. plain.Select(t => AttentionHeads.Split(t, Heads))];
        Tensor dropped = AttentionHeads.Scores(split[0], split[1], mask).Softmax();
        if (probability > 0) dropped = NewDropout().Apply(dropped, probability);
        Tensor expected = dropped.BatchMatMul(split[2]).Reshape(Batch, Heads, queries, size).Transpose(1, 2).Reshape(Batch, queries, Heads * size);
        Tensor given = AttentionContext.Of(Heads, fused[0], fused[1], fused[2], mask, probability > 0 ? NewDropout().Next(dropped.Count, probability) : null);
        AssertNear(expected, given);
        (expected * factor).Sum().Backward();
        (given * factor).Sum().Backward();
        for (int i = 0; i < 3; i++) AssertNear(plain[i].Grad!, fused[i].Grad!);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        Tensor[] inputs = Leaves(5, 4, 3);
        Tensor? mask = Mask(5);
        for (int which = 0; which < 3; which++)
        {
            Tensor Loss(Tensor[] t) => (AttentionContext.Of(Heads, t[0], t[1], t[2], mask, NewDropout().Next(Batch * Heads * 4 * 5, 0.3)) * Normal(4, 4, 3)).Sum();
            foreach (Tensor input in inputs) input.Grad = null;
            Loss(inputs).Backward();
            float[] grad = inputs[which].Grad!.ToArray<float>();
            for (int element = 0; element < grad.Length; element += 7)
            {
                const float Step = 1e-2f;
                double Moved(float by)
                {
                    using GradMode.Restore _ = GradMode.Off();
                    Tensor[] moved = [.. inputs.Select(t => t.Clone())];
                    moved[which].Span<float>()[element] += by;
                    return Loss(moved).ToScalar();
                }
                Assert.Equal((Moved(Step) - Moved(-Step)) / (2 * Step), grad[element], 2e-3 * Math.Max(1, Math.Abs(grad[element])));
            }
        }
    }

    [Fact]
    public void Tensors_need_not_be_contiguous()
    {
        Tensor[] plain = Leaves(6, 6, 4), turned = [.. Leaves(6, 6, 4).Select(t => t.Transpose(0, 1).Contiguous().Transpose(0, 1))];
        Assert.Equal(AttentionContext.Of(Heads, plain[0], plain[1], plain[2], null, null).ToArray<float>(), AttentionContext.Of(Heads, turned[0], turned[1], turned[2], null, null).ToArray<float>());
    }

    [Fact]
    public void One_padded_sequence_has_a_mask_for_each_head()
    {
        Tensor[] all = Leaves(8, 8, 4), first = [.. Leaves(8, 8, 4).Select(t => t.Narrow(0, 0, 1))];
        Tensor real = Tensor.From<float>([1, 1, 1, 1, 1, 0, 0, 0], 1, 8);
        Tensor one = AttentionContext.Of(Heads, first[0], first[1], first[2], AttentionMask.Of(real, Heads)![Heads], null);
        Tensor three = AttentionContext.Of(Heads, all[0], all[1], all[2], AttentionMask.Of(real.Expand(Batch, 8).Contiguous(), Heads)![Heads], null);
        Assert.Equal(three.Narrow(0, 0, 1).ToArray<float>(), one.ToArray<float>());
    }

    [Fact]
    public void Shapes_may_follow_each_other_in_any_order()
    {
        var first = new List<float[]>();
        for (int round = 0; round < 2; round++)
            foreach ((int tokens, int size, int at) in new[] { (40, 5, 0), (3, 64, 1), (17, 26, 2), (40, 26, 3), (2, 5, 4) })
            {
                using GradMode.Restore _ = GradMode.Off();
                Tensor[] t = Leaves(tokens, tokens, size);
                float[] context = AttentionContext.Of(Heads, t[0], t[1], t[2], Mask(tokens), null).ToArray<float>();
                if (round == 0) first.Add(context);
                else Assert.Equal(first[at], context);
            }
    }

    private static Dropout NewDropout() => new(new RandomStream(1, "dropout"));

    private static Tensor Mask(int tokens) =>
        AttentionMask.Of(Tensor.From<float>([.. Enumerable.Range(0, Batch * tokens).Select(i => i % tokens < tokens / 2 + i / tokens ? 1f : 0)], Batch, tokens), Heads)![Heads];

    private static Tensor[] Leaves(int tokens, int queries, int size) =>
    [
        .. new[] { Normal(1, queries, size), Normal(2, tokens, size), Normal(3, tokens, size) }.Select(leaf =>
        {
            leaf.RequiresGrad = true;
            return leaf;
        }),
    ];

    private static Tensor Normal(ulong seed, int tokens, int size)
    {
        Tensor tensor = Tensor.Empty([Batch, tokens, Heads * size]);
        new RandomStream(seed, "attention").FillNormal(tensor.Span<float>(), 1);
        return tensor;
    }

    private static void AssertNear(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape, given.Shape);
        foreach ((float a, float b) in expected.ToArray<float>().Zip(given.ToArray<float>())) Assert.Equal(a, b, Near * Math.Max(1, Math.Abs(a)));
    }
}
