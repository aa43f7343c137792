namespace Decant.Torch.Serialization;

/// <summary>What a global of a pickle may do here. There is no kind that runs anything of the file's.</summary>
internal enum PickleGlobalKind
{
    /// <summary><c>collections.OrderedDict</c>: an empty dictionary, or one from a list of pairs.</summary>
    OrderedDict,
    /// <summary><c>torch.Size</c>: a tuple of sizes.</summary>
    Size,
    /// <summary>A class of typed storages, as in <c>torch.FloatStorage</c>.</summary>
    Storage,
    /// <summary><c>torch._utils._rebuild_tensor</c>: a tensor from storage, offset, sizes and strides.</summary>
    RebuildTensor,
    /// <summary><c>torch._utils._rebuild_parameter</c>: a tensor that was a Parameter.</summary>
    RebuildParameter,
}

/// <summary>One of the few globals that a pickle may name.</summary>
internal sealed record PickleGlobal(string Name, PickleGlobalKind Kind, DType? DType = null)
{
    private static readonly Dictionary<string, PickleGlobal> Allowed = All().ToDictionary(g => g.Name, StringComparer.Ordinal);

    /// <summary>The global of that module and name; null when a checkpoint has no business with it.</summary>
    public static PickleGlobal? Find(string module, string name) => Allowed.GetValueOrDefault($"{module}.{name}");

    private static IEnumerable<PickleGlobal> All()
    {
        yield return new("collections.OrderedDict", PickleGlobalKind.OrderedDict);
        yield return new("torch.Size", PickleGlobalKind.Size);
        yield return new("torch._utils._rebuild_tensor", PickleGlobalKind.RebuildTensor);
        yield return new("torch._utils._rebuild_tensor_v2", PickleGlobalKind.RebuildTensor);
        yield return new("torch._utils._rebuild_parameter", PickleGlobalKind.RebuildParameter);
        (string Storage, DType Type)[] types =
        [
            ("Float", Torch.DType.Float32), ("Double", Torch.DType.Float64), ("Half", Torch.DType.Float16), ("BFloat16", Torch.DType.BFloat16),
            ("Long", Torch.DType.Int64), ("Int", Torch.DType.Int32), ("Short", Torch.DType.Int16), ("Char", Torch.DType.Int8),
            ("Byte", Torch.DType.UInt8), ("Bool", Torch.DType.Bool),
        ];
        foreach (var (storage, type) in types)
        {
            yield return new($"torch.{storage}Storage", PickleGlobalKind.Storage, type);
            yield return new($"torch.cuda.{storage}Storage", PickleGlobalKind.Storage, type);
        }
    }
}
