using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Torch.Tests;

[Collection(WholeProcess.Name)]
public class LiveTensorTests
{
    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        long before = TorchRuntime.LiveTensors;
        using (var network = new Network())
        using (var adam = new Adam(network.NamedParameters(), AdamOptions.BertAdam))
        {
            var dropout = new Dropout(new RandomStream(1, "dropout"));
            Step(network, adam, dropout);
            adam.ZeroGrad();
            long during = TorchRuntime.LiveTensors;
            Assert.Equal(before + 4 + 2 * 4, during); // parameters and their moments
            for (int step = 0; step < 100; step++)
            {
                Step(network, adam, dropout);
                adam.ZeroGrad();
            }
            Assert.Equal(during, TorchRuntime.LiveTensors);
        }
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    [Fact]
    public void Errors_and_refused_calls_leave_no_tensor_behind()
    {
        long before = TorchRuntime.LiveTensors;
        for (int i = 0; i < 20; i++)
        {
            using var scope = new TensorScope();
            Tensor a = Tensor.Zeros([2, 3]);
            Assert.Throws<TorchException>(() => a.MatMul(a));
            Assert.Throws<TorchException>(() => a.TopK(4));
            Assert.Throws<TorchException>(() => Tensor.From([1f], 2));
            Assert.Throws<TorchException>(() => a.Transpose(0, 1).Span<float>());
            a.TopK(2);
            a.ToArray<long>();
            a.IsFinite();
        }
        Assert.Equal(before, TorchRuntime.LiveTensors);
    }

    private static void Step(Network network, Adam adam, Dropout dropout)
    {
        using var scope = new TensorScope();
        Tensor input = Tensor.Full([16, 8], 0.5);
        network.Forward(input, dropout).CrossEntropy(Tensor.Zeros([16], DType.Int64)).Backward();
        adam.Step(1e-3);
    }

    private sealed class Network : Module
    {
        private readonly Tensor inner, outer, scale, shift;

        public Network()
        {
            inner = AddParameter("inner.weight", Tensor.Full([32, 8], 0.1));
            outer = AddParameter("outer.weight", Tensor.Full([4, 32], 0.1));
            scale = AddParameter("LayerNorm.weight", Tensor.Full([32], 1));
            shift = AddParameter("LayerNorm.bias", Tensor.Zeros([32]));
        }

        public Tensor Forward(Tensor input, Dropout dropout) =>
            dropout.Apply(input.Linear(inner).Gelu().LayerNorm(scale, shift, 1e-12), 0.1).Linear(outer);
    }
}
