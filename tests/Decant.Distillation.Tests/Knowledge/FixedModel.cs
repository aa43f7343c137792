using Decant.Models;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Knowledge;

/// <summary>A model that says the same whatever it reads.</summary>
internal sealed class FixedModel(int layers, int hiddenSize, Func<ModelOutput> says) : IModel
{
    public long ParameterCount => 0;

    public int Layers => layers;

    public int HiddenSize => hiddenSize;

    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => [];

    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null) => says();

    public void Dispose() { }
}
