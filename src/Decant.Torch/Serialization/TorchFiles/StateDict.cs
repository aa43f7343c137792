namespace Decant.Torch.Serialization;

/// <summary>Finds the weights in what a checkpoint's pickle holds.</summary>
internal static class StateDict
{
    /// <summary>Where training scripts put the weights beside epoch, options and optimiser, in order of preference.</summary>
    private static readonly string[] UsualKeys = ["state_dict", "model_state_dict", "model", "module", "net", "network"];

    /// <summary>The named tensors of the outermost dictionary, or of the one inside it that holds the weights.</summary>
    public static Dictionary<string, PickleTensor> Find(string file, object? value)
    {
        if (value is not PickleDict outer)
            throw new DecantException($"{file} holds {Describe(value)}, not a dictionary of named tensors. Save model.state_dict().");
        if (HasTensors(outer)) return Tensors(outer);

        // The same dictionary may be named many times, at a few bytes each: look into it once.
        var seen = new HashSet<PickleDict>(ReferenceEqualityComparer.Instance);
        var nested = new List<(string Key, PickleDict Dict)>();
        foreach (var (key, inner) in outer.Items)
            if (key is string name && inner is PickleDict dict && seen.Add(dict) && HasTensors(dict))
                nested.Add((name, dict));
        foreach (string key in UsualKeys)
            if (nested.FindLast(n => n.Key == key).Dict is { } dict) return Tensors(dict);
        return nested switch
        {
            [var only] => Tensors(only.Dict),
            [] when outer.Items.Count == 0 => [],
            [] => throw new DecantException($"{file} holds no named tensors, neither at the top nor one level below it. Save model.state_dict()."),
            _ => throw new DecantException($"{file} holds tensors under several keys ({string.Join(", ", nested.Take(8).Select(n => $"'{n.Key}'"))}), and it cannot be told which are the weights. Save that one alone."),
        };
    }

    private static bool HasTensors(PickleDict dict) => dict.Items.Exists(item => item is { Key: string, Value: PickleTensor });

    private static Dictionary<string, PickleTensor> Tensors(PickleDict dict)
    {
        var tensors = new Dictionary<string, PickleTensor>(StringComparer.Ordinal);
        foreach (var (key, value) in dict.Items)
            if (key is string name && value is PickleTensor tensor) tensors[name] = tensor;
        return tensors;
    }

    private static string Describe(object? value) => value switch
    {
        null => "None",
        PickleTensor => "a single tensor",
        List<object?> => "a list",
        object?[] => "a tuple",
        string => "text",
        PickleGlobal global => $"`{global.Name}`",
        _ => "a single value",
    };
}
