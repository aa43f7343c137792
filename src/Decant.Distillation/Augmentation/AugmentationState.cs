using System.Text.Json;

namespace Decant.Distillation.Augmentation;

/// <summary>What an augmentation is made from, and how far it is: the file beside the output until it is done.</summary>
internal sealed record AugmentationState
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Version of this file and of what is computed; a change makes earlier work useless.</summary>
    public int Version { get; init; } = 1;

    public required string Input { get; init; }
    public required string Columns { get; init; }
    public required string Tokenizer { get; init; }
    public required string Model { get; init; }
    public required string Vectors { get; init; }
    public required int Copies { get; init; }
    public required double Probability { get; init; }
    public required int Candidates { get; init; }
    public required int Seed { get; init; }
    public required int BatchTokens { get; init; }

    /// <summary>Rows of the input that are done.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that they became.</summary>
    public long Written { get; init; }

    /// <summary>Bytes of the output that hold them.</summary>
    public long Bytes { get; init; }

    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Form));

    /// <summary>The state that a stopped call left; null when there is none.</summary>
    /// <exception cref="DecantException">It is damaged, or belongs to other work.</exception>
    public static AugmentationState? Read(string path, AugmentationState wanted)
    {
        if (!File.Exists(path)) return null;
        AugmentationState found;
        try
        {
            found = JsonSerializer.Deserialize<AugmentationState>(File.ReadAllBytes(path), Form) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new DecantException($"{path} is damaged: {e.Message} Remove it to begin anew.", e);
        }
        if (found with { Rows = 0, Written = 0, Bytes = 0 } == wanted) return found.Rows >= 0 && found.Bytes >= 0 ? found : throw new DecantException($"{path} is damaged: it counts below 0. Remove it to begin anew.");
        foreach (System.Reflection.PropertyInfo field in typeof(AugmentationState).GetProperties())
            if (field.Name is not (nameof(Rows) or nameof(Written) or nameof(Bytes)) && !Equals(field.GetValue(found), field.GetValue(wanted)))
                throw new DecantException(FormattableString.Invariant($"{path} is of an augmentation that was begun with another {Form.PropertyNamingPolicy!.ConvertName(field.Name)}: '{field.GetValue(found)}', not '{field.GetValue(wanted)}'. Go on with that, or remove the file to begin anew."));
        return null;
    }
}
