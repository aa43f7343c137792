using Decant.Torch;
using Decant.Torch.Serialization;

namespace Decant.Models.Checkpoints;

/// <summary>Fills a model's parameters from a checkpoint, by name.</summary>
public static class WeightLoader
{
    private const string DecoderWeight = "cls.predictions.decoder.weight", WordTable = "bert.embeddings.word_embeddings.weight";

    /// <summary>Tensors of old checkpoints that hold nothing learnt, or what another tensor holds as well.</summary>
    private static readonly string[] Redundant =
        ["bert.embeddings.position_ids", "bert.embeddings.token_type_ids", DecoderWeight, "cls.predictions.decoder.bias"];

    /// <summary>
    /// Copies every tensor that the model has a parameter for, converting its element type. Names of old and wrapped
    /// checkpoints are understood (<c>gamma</c>/<c>beta</c>, without <c>bert.</c>, with <c>module.</c>).
    /// Parameters that the checkpoint lacks keep their values: see <see cref="LoadReport.RequireComplete"/>.
    /// </summary>
    /// <param name="parameters">The model's parameters by their Hugging Face names, as from <see cref="Module.NamedParameters"/>.</param>
    /// <param name="checkpoint">Where the values come from.</param>
    /// <param name="source">
    /// The name to look for in place of a parameter's own, in today's form: layer 2 of a student may come from layer 5.
    /// Null from it leaves the parameter as it is. By default each parameter is looked for under its own name.
    /// </param>
    /// <returns>What was loaded, is missing, and was not used.</returns>
    /// <exception cref="DecantException">A tensor has another shape than its parameter, or the checkpoint is one of another kind.</exception>
    public static LoadReport Load(IEnumerable<(string Name, Tensor Tensor)> parameters, ICheckpoint checkpoint, Func<string, string?>? source = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(checkpoint);
        Dictionary<string, string> names = WeightNames.Map(checkpoint.Path, checkpoint.Names);
        List<string> loaded = [], missing = [], wrong = [];
        var unused = new HashSet<string>(names.Keys, StringComparer.Ordinal);
        var fits = new List<(Tensor Parameter, RawTensor Value)>();
        foreach (var (name, parameter) in parameters)
        {
            if ((source is null ? name : source(name)) is not { } wanted || !names.TryGetValue(wanted, out string? original))
            {
                missing.Add(name);
                continue;
            }
            RawTensor value = checkpoint.Get(original);
            long[] shape = parameter.Shape;
            if (!value.Shape.SequenceEqual(shape)) wrong.Add($"'{original}' should be [{string.Join(", ", shape)}] and is [{string.Join(", ", value.Shape.ToArray())}]");
            fits.Add((parameter, value));
            loaded.Add(name);
            unused.Remove(wanted);
        }
        if (wrong.Count > 0)
            throw new DecantException($"{checkpoint.Path} does not fit the model: {string.Join("; ", wrong.Take(4))}{(wrong.Count > 4 ? $"; and {wrong.Count - 4} more" : "")}. Check that config.json and the number of labels belong to these weights.");
        if (loaded.Contains("cls.predictions.bias")) CheckTiedDecoder(checkpoint, names);

        foreach (var (parameter, value) in fits) parameter.CopyFrom(value);
        unused.ExceptWith(Redundant);
        return new LoadReport(checkpoint.Path, loaded, missing, [.. names.Keys.Where(unused.Contains)]);
    }

    /// <summary>Our masked-LM decoder is the word table itself, as in BERT; weights trained apart would be lost.</summary>
    private static void CheckTiedDecoder(ICheckpoint checkpoint, Dictionary<string, string> names)
    {
        if (!names.TryGetValue(DecoderWeight, out string? decoder) || !names.TryGetValue(WordTable, out string? words)) return;
        if (!checkpoint.Get(decoder).Bytes.SequenceEqual(checkpoint.Get(words).Bytes))
            throw new DecantException($"{checkpoint.Path}: '{decoder}' differs from '{words}'. In BERT they are one tensor; a model with an untied decoder is not supported.");
    }
}
