using Decant.Models;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

/// <summary>A model that keeps the logits of every forward pass that gave them, how many layers each took, and whether its last layer had the asked tokens alone.</summary>
internal sealed class RecordingModel(IModel model) : IModel
{
    public List<float[]> Logits { get; } = [];
    public List<int> LayersRun { get; } = [];
    public List<bool> LastTokensAlone { get; } = [];

    public long ParameterCount => model.ParameterCount;
    public int Layers => model.Layers;
    public int HiddenSize => model.HiddenSize;
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => model.NamedParameters();

    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        ModelOutput output = model.Forward(input, request, dropout);
        LayersRun.Add(output.LayersRun);
        LastTokensAlone.Add(output.LastTokensAlone);
        if (request.Logits) Logits.Add(output.Logits.ToArray<float>());
        return output;
    }

    public void Dispose() => model.Dispose();
}
