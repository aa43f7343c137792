namespace Decant.Torch.Tests;

public class GradModeTests
{
    [Fact]
    public void It_is_off_until_it_is_restored()
    {
        Assert.True(GradMode.IsEnabled);
        using (GradMode.Off())
        {
            using (GradMode.Off()) Assert.False(GradMode.IsEnabled);
            Assert.False(GradMode.IsEnabled);
        }
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void Every_thread_has_its_own()
    {
        using GradMode.Restore _ = GradMode.Off();
        bool elsewhere = false;
        var thread = new Thread(() => elsewhere = GradMode.IsEnabled);
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
    }

    [Fact]
    public void What_is_done_while_it_is_off_gives_no_gradient()
    {
        using var scope = new TensorScope();
        Tensor leaf = Tensor.Full([2], 3);
        leaf.RequiresGrad = true;
        Tensor constant;
        using (GradMode.Off()) constant = leaf * 2;
        (leaf * constant).Sum().Backward();
        Assert.Equal([6f, 6], leaf.Grad!.ToArray<float>());
    }
}
