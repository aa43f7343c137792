using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Torch.Tests.Optim;

[Collection(WholeProcess.Name)]
public class AdamThreadTests
{
    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        int before = TorchRuntime.Threads;
        try
        {
            float[][] results = [.. new[] { 1, 2, 5 }.Select(Train)];
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    // Long enough to be cut into chunks that threads share, with a last one that is not full.
    private static float[] Train(int threads)
    {
        const int Size = 700_001;
        TorchRuntime.Threads = threads;
        using var scope = new TensorScope();
        var random = new RandomStream(1, "adam");
        Tensor weight = Tensor.Empty([Size]), gradient = Tensor.Empty([Size]);
        random.FillNormal(weight.Span<float>(), 0.02);
        random.FillNormal(gradient.Span<float>(), 1);
        using var adam = new Adam([("weight", weight)], AdamOptions.BertAdam);
        weight.Grad = gradient;
        for (int step = 0; step < 3; step++) adam.Step(1e-3);
        return weight.ToArray<float>();
    }
}
