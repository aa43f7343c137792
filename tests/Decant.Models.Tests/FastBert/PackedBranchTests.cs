using Decant.Models.Bert;
using Decant.Models.Bert.Attention;
using Decant.Models.FastBert;
using Decant.Tests;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.FastBert;

public class PackedBranchTests
{
    [Theory]
    [InlineData(128, 2, 4)]
    [InlineData(12, 3, 2)]
    [InlineData(8, 1, 11)]
    public void A_packed_branch_says_what_the_branch_says(int width, int heads, int outputs)
    {
        using var scope = new TensorScope();
        using var branch = new FastBertBranch(SmallFastBert.Config, new BranchShape(width, heads), outputs, new Initializer(new RandomStream(4, "weights"), 0.02));
        using var packed = new PackedBranch(branch);
        using GradMode.Restore _ = GradMode.Off();
        Tensor hidden = Tensor.Empty([3, 7, 16]);
        new RandomStream(5, "hidden").FillNormal(hidden.Span<float>(), 2);
        Tensor real = ModelInput.Mask([7, 2, 5], 7, Device.Cpu)!;
        AssertClose(branch.Forward(hidden, AttentionMask.Of(real, heads)![heads], null), packed.Forward(hidden, AttentionMask.Of(real, 1)![1]));
        AssertClose(branch.Forward(hidden, null, null), packed.Forward(hidden, null));
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<float>().Zip(actual.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
