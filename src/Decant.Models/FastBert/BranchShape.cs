using System.Globalization;
using System.Text.Json.Nodes;
using Decant.Models.Bert;

namespace Decant.Models.FastBert;

/// <summary>The sizes of FastBERT's classifiers: in <c>config.json</c>, <c>fastbert_classifier_size</c> and <c>fastbert_classifier_heads</c>.</summary>
/// <param name="Width">Width that hidden states are narrowed to; a multiple of the heads. Default 128 (the paper, for a hidden size of 768).</param>
/// <param name="Heads">Attention heads. Default 2 (the released code).</param>
public sealed record BranchShape(int Width = 128, int Heads = 2)
{
    private const string WidthField = "fastbert_classifier_size", HeadsField = "fastbert_classifier_heads";

    /// <summary>The names in <c>config.json</c>.</summary>
    internal static IReadOnlyList<string> Fields { get; } = [WidthField, HeadsField];

    /// <summary>Width of one head.</summary>
    public int HeadSize => Width / Heads;

    /// <summary>Refuses sizes that do not make a classifier.</summary>
    /// <param name="where">The file, for the message.</param>
    /// <returns>This shape.</returns>
    /// <exception cref="DecantException">A size is below 1, or the heads do not divide the width.</exception>
    public BranchShape Validate(string where)
    {
        if (Width < 1 || Heads < 1) throw new DecantException($"{where}: {WidthField} {Width} and {HeadsField} {Heads} must be 1 or more.");
        if (Width % Heads != 0) throw new DecantException($"{where}: {WidthField} {Width} is not a multiple of {HeadsField} {Heads}.");
        return this;
    }

    internal void Write(JsonObject config) => (config[WidthField], config[HeadsField]) = (Width, Heads);

    internal static BranchShape Read(JsonObject config, string path)
    {
        var standard = new BranchShape();
        return new BranchShape(Size(config, WidthField, standard.Width, path), Size(config, HeadsField, standard.Heads, path)).Validate(path);
    }

    private static int Size(JsonObject config, string field, int missing, string path) => config[field]?.ToString() switch
    {
        null => missing,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size) => size,
        var text => throw new DecantException($"{path}: {field} is {text}; it must be a whole number."),
    };
}
