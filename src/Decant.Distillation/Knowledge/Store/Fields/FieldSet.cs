using Decant.Distillation.Knowledge.Store.Format;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>The fields of a store's records, in the order of the file: logits, pooled output, then hidden states by layer and text.</summary>
internal static class FieldSet
{
    public const string Logits = "logits", Pooled = "pooled";

    /// <summary>A request as the texts that a manifest lists.</summary>
    /// <exception cref="DecantException">A part of it depends on the batch, or is not kept by stores.</exception>
    public static IReadOnlyList<string> Texts(KnowledgeRequest request)
    {
        if (!request.AttentionScores.IsEmpty || !request.AttentionProbabilities.IsEmpty)
            throw new DecantException($"The recipe asks for whole attention maps ({request.Describe()}), which a knowledge store does not keep: they grow with the square of the length. Use knowledge: online, or drop that objective.");
        foreach (HiddenStateRequest state in request.HiddenStates)
            if (state.WhyOnlineOnly is { } why) throw new DecantException($"'{state}' cannot be kept in a knowledge store, because {why}.");
        return
        [
            .. request.Logits ? (string[])[Logits] : [],
            .. request.Pooled ? (string[])[Pooled] : [],
            .. request.HiddenStates.OrderBy(s => s.Layer).ThenBy(s => s.ToString(), StringComparer.Ordinal).Select(s => s.ToString()),
        ];
    }

    /// <summary>The request that the texts make.</summary>
    public static KnowledgeRequest Request(IEnumerable<string> texts) => texts.Aggregate(KnowledgeRequest.None, (sum, text) => sum + (text switch
    {
        Logits => new KnowledgeRequest { Logits = true },
        Pooled => new KnowledgeRequest { Pooled = true },
        _ => new KnowledgeRequest { HiddenStates = [HiddenStateRequest.Parse(text)] },
    }));

    /// <summary>The fields that the texts of a manifest name.</summary>
    /// <param name="texts">As <see cref="Texts"/> gives them.</param>
    /// <param name="teacher">Its shape.</param>
    /// <param name="values">Type of hidden states and pooled output. Logits are few and always Float32.</param>
    public static StoredField[] Create(IEnumerable<string> texts, TeacherShape teacher, DType values)
    {
        var codec = new ValueCodec(values);
        return [.. texts.Select(text => text switch
        {
            Logits => new VectorField(Logits, teacher.Outputs, new ValueCodec(DType.Float32), answer => answer.Logits),
            Pooled => new VectorField(Pooled, teacher.HiddenSize, codec, answer => answer.Pooled!),
            _ => State(HiddenStateRequest.Parse(text), teacher.HiddenSize, codec),
        })];
    }

    private static StoredField State(HiddenStateRequest request, int hidden, ValueCodec codec) =>
        request.Neurons == NeuronSelection.All || request.Neurons.Static(hidden) is not null
            ? new StateField(request, hidden, codec)
            : new RankedStateField(request, hidden, codec);
}
