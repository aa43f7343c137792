using Decant.Inference.Kernels;
using Decant.Models.FastBert;

namespace Decant.Inference.Engines.Packed;

/// <summary>
/// FastBERT (Liu et al. 2020): texts leave after the layer whose branch is sure of them, and the rows of the others move together.
/// The same decisions as <see cref="AdaptiveClassifier"/>'s.
/// </summary>
internal sealed unsafe class PackedFastBert : IPackedNetwork
{
    private readonly VectorKernels _kernels;
    private readonly LayerSizes _sizes;
    private readonly PackedEncoder _encoder;
    private readonly BranchKernel[] _branches;
    private readonly AdaptiveOptions _exits;

    /// <param name="model">Its weights are copied.</param>
    /// <param name="kernels">Who computes.</param>
    /// <param name="exits">When texts leave; null for the paper's way.</param>
    public PackedFastBert(FastBertClassifier model, VectorKernels kernels, AdaptiveOptions? exits = null)
    {
        _exits = (exits ?? new AdaptiveOptions()).Validate(model.Outputs);
        (_kernels, _sizes, Outputs) = (kernels, new LayerSizes(model.Config, kernels, model.Shape), model.Outputs);
        _encoder = new PackedEncoder(kernels, _sizes, model.Config, new WeightSource(model.NamedParameters()).Below("bert"));
        _branches = [.. model.Branches.Select(branch => new BranchKernel(kernels, _sizes, branch))];
    }

    public int Outputs { get; }

    public bool HasAdaptiveExit => true;

    /// <summary>A team could not move rows together without another meeting.</summary>
    public bool SharesTexts => false;

    public Worker MakeWorker() => new(_sizes, _kernels, Outputs);

    public void Run(RaggedRows texts, Activations activations, Team team, Worker memory, Answers answers)
    {
        _encoder.Embed(texts, activations, team);
        for (int layer = 1; texts.Count > 0; layer++)
        {
            _encoder.RunLayer(layer, texts, activations, team, memory.Scratch);
            // Nobody may leave: nobody needs to be asked.
            if (layer == _encoder.Layers || answers.Speed > 0) texts = Ask(layer, texts, activations, team, memory.Scratch, answers);
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        foreach (BranchKernel branch in _branches) branch.Dispose();
    }

    // All members of a team come to the same answers, which spares them a meeting.
    private RaggedRows Ask(int layer, RaggedRows texts, Activations activations, Team team, Scratch scratch, Answers answers)
    {
        (int first, int last) = team.RowsOf(texts.Rows);
        BranchKernel branch = _branches[layer - 1];
        branch.Narrow(first, last, activations);
        team.Meet();
        List<int> staying = [];
        for (int text = 0; text < texts.Count; text++)
        {
            ReadOnlySpan<float> logits = branch.Answer(texts.Start(text), texts.Length(text), activations, scratch);
            if (layer < _encoder.Layers && !_exits.Leaves(Uncertainty.Of(logits, _exits.TopClasses), answers.Speed)) staying.Add(text);
            else if (team.Member == 0) answers.Set(texts.Place(text), logits, layer);
        }
        return staying.Count == texts.Count ? texts : Keep(staying, texts, activations);
    }

    private RaggedRows Keep(List<int> staying, RaggedRows texts, Activations activations)
    {
        RaggedRows kept = texts.Only(staying);
        nint stride = _sizes.HiddenStride;
        for (int i = 0; i < staying.Count; i++)
        {
            // Rows only move towards the start, so none is overwritten before it has moved.
            nint bytes = texts.Length(staying[i]) * stride * sizeof(float);
            Buffer.MemoryCopy(activations.Hidden + texts.Start(staying[i]) * stride, activations.Hidden + kept.Start(i) * stride, bytes, bytes);
        }
        return kept;
    }
}
