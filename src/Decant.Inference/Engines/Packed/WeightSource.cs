using Decant.Inference.Kernels;
using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Inference.Engines.Packed;

/// <summary>The weights of a loaded model by name.</summary>
internal sealed class WeightSource
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly string _prefix;

    /// <param name="parameters">As from <see cref="Module.NamedParameters"/>: Float32 on the CPU.</param>
    public WeightSource(IEnumerable<(string Name, Tensor Tensor)> parameters)
        : this(parameters.ToDictionary(p => p.Name, p => p.Tensor, StringComparer.Ordinal), "") { }

    private WeightSource(Dictionary<string, Tensor> tensors, string prefix) => (_tensors, _prefix) = (tensors, prefix);

    /// <summary>A tensor.</summary>
    public Tensor this[string name] => _tensors[_prefix + name];

    /// <summary>The weights whose names go on from here.</summary>
    public WeightSource Below(string name) => new(_tensors, $"{_prefix}{name}.");

    /// <summary>A dense layer's weights.</summary>
    public DenseWeights Dense(string name, float scale = 1) => new(this[$"{name}.weight"], this[$"{name}.bias"], scale);

    /// <summary>A layer normalisation.</summary>
    public PackedNorm Norm(VectorKernels kernels, string name, BertConfig config) =>
        new(kernels, this[$"{name}.weight"], this[$"{name}.bias"], config.LayerNormEpsilon, config.LayerNorm);
}
