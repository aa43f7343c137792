namespace Decant.Torch.Serialization;

/// <summary>The refusal of a global that a checkpoint of weights has no need of.</summary>
internal static class ForeignGlobal
{
    public const string Remedy = "If you trust where the file comes from, load it in Python and save the weights alone: "
        + "safetensors.torch.save_file(model.state_dict(), \"model.safetensors\").";

    public static DecantException Error(string file, string module, string name)
    {
        string called = Printable($"{module}.{name}");
        if (module.StartsWith("__torch__", StringComparison.Ordinal))
            return new($"{file} is a TorchScript archive: its pickle wants `{called}`. Decant reads weights, not programs. {Remedy}");
        return new($"{file}: the pickle wants to call `{called}`. Decant builds only tensors and plain values (dictionaries, lists, tuples, numbers, text) from a pickle; nothing was run. {Remedy}");
    }

    /// <summary>The name comes from the file: no control characters reach the terminal, and no endless text.</summary>
    private static string Printable(string name) =>
        string.Concat(name.Take(200).Select(c => char.IsControl(c) ? '?' : c)) + (name.Length > 200 ? "…" : "");
}
