using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models;

/// <summary>A network that reads token sequences: what teachers and students have in common.</summary>
public interface IModel : IDisposable
{
    /// <summary>Parameters by their Hugging Face names.</summary>
    IEnumerable<(string Name, Tensor Tensor)> NamedParameters();

    /// <summary>Number of trained values.</summary>
    long ParameterCount { get; }

    /// <summary>Transformer layers.</summary>
    int Layers { get; }

    /// <summary>Width of the hidden states.</summary>
    int HiddenSize { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="request">What to hand out besides the logits.</param>
    /// <param name="dropout">The source of dropout masks while training; null for evaluation.</param>
    ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null);
}
