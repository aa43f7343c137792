using Decant.Models;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

/// <summary>A model that keeps the logits of every forward pass that gave them, and how many layers each took.</summary>
internal sealed class RecordingModel(IModel model) : IModel
{
    public List<float[]> Logits { get; } = [];
    public List<int> LayersRun { get; } = [];

    public long ParameterCount => model.ParameterCount;
    public int Layers => model.Layers;
    public int HiddenSize => model.HiddenSize;
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => model.NamedParameters();

    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        ModelOutput output = model.Forward(input, request, dropout);
        LayersRun.Add(output.LayersRun);
        if (request.Logits) Logits.Add(output.Logits.ToArray<float>());
        return output;
    }

    public void Dispose() => model.Dispose();
}
