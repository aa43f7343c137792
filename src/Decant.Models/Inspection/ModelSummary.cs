using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Inspection;

/// <summary>What is in a model directory: sizes, parameters by part, element types, cost of a forward pass.</summary>
public sealed record ModelSummary
{
    private static readonly int[] Lengths = [32, 128, 512];

    /// <summary>The directory.</summary>
    public required string Path { get; init; }

    /// <summary>The sizes of the network.</summary>
    public required BertConfig Config { get; init; }

    /// <summary>What the model is for; null when it does not say.</summary>
    public ModelKind? Kind { get; init; }

    /// <summary>The sizes of FastBERT's classifiers; null for other models.</summary>
    public BranchShape? Branches { get; init; }

    /// <summary>The labels in the order of the outputs; empty when it names none.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The parts in the order of the network; those of all layers are summed.</summary>
    public required IReadOnlyList<ModelPart> Parts { get; init; }

    /// <summary>Element types of the weights, the most frequent first.</summary>
    public required IReadOnlyList<DType> DTypes { get; init; }

    /// <summary>Values in all parts.</summary>
    public long Parameters => Parts.Sum(part => part.Parameters);

    /// <summary>Bytes of all parts in the checkpoint.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);

    /// <summary>Floating-point operations of one sequence (see <see cref="ModelCost"/>), by its length in tokens: 32, 128 and 512, up to what the model can read.</summary>
    public IReadOnlyDictionary<int, double> Flops => Lengths.Where(length => length <= Config.MaxPositions)
        .ToDictionary(length => length, length => ModelCost.Flops(Config, length));

    /// <summary>Reads the headers of a model's files; no weights are loaded.</summary>
    /// <param name="folder">A Hugging Face directory.</param>
    /// <exception cref="DecantException">There is no model, or its files are damaged.</exception>
    public static ModelSummary Of(string folder)
    {
        ModelDirectory directory = ModelDirectory.Open(folder);
        using ICheckpoint checkpoint = directory.OpenWeights();
        RawTensor[] weights = [.. checkpoint.Names.Select(checkpoint.Get).Where(tensor => IsFloatingPoint(tensor.DType))];
        return new ModelSummary
        {
            Path = folder,
            Config = directory.Config,
            Kind = directory.Kind,
            Branches = directory.Branches,
            Labels = directory.Labels?.Names ?? [],
            Parts = [.. PartsOf(weights, directory.Config.Layers)],
            DTypes = [.. weights.CountBy(tensor => tensor.DType).OrderByDescending(count => count.Value).Select(count => count.Key)],
        };
    }

    private static IEnumerable<ModelPart> PartsOf(RawTensor[] weights, int layers)
    {
        ILookup<string, RawTensor> byPart = weights.ToLookup(tensor => ModelPart.Of(tensor.Name));
        foreach (string part in ModelPart.Order)
            if (byPart[part].ToArray() is { Length: > 0 } tensors)
                yield return new(
                    part is ModelPart.Attention or ModelPart.FeedForward ? $"{part}, {layers} {(layers == 1 ? "layer" : "layers")}" : part,
                    tensors.Length, tensors.Sum(tensor => tensor.ElementCount), tensors.Sum(tensor => tensor.ByteCount));
    }

    // Buffers, such as position_ids of old checkpoints, are no parameters.
    private static bool IsFloatingPoint(DType dtype) => dtype is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;
}
