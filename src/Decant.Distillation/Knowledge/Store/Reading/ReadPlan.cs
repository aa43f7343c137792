using Decant.Distillation.Knowledge.Store.Fields;

namespace Decant.Distillation.Knowledge.Store.Reading;

/// <summary>Which fields of a store answer a request.</summary>
internal sealed class ReadPlan
{
    private const int UsualTokens = 64;

    private ReadPlan(KnowledgeRequest request, bool[] isRead) => (Request, IsRead) = (request, isRead);

    /// <summary>What is asked for.</summary>
    public KnowledgeRequest Request { get; }

    /// <summary>Whether a field has to be decoded.</summary>
    public bool[] IsRead { get; }

    /// <summary>The field of the logits; null when they are not asked for.</summary>
    public int? Logits { get; private set; }

    /// <summary>The field of the pooled output; null when it is not asked for.</summary>
    public int? Pooled { get; private set; }

    /// <summary>The field that holds each hidden state, or more than it.</summary>
    public List<(HiddenStateRequest Wanted, int Field)> States { get; } = [];

    /// <summary>Makes the plan.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="fields">What is there.</param>
    /// <param name="hidden">Width of the teacher.</param>
    /// <param name="missing">What is not there.</param>
    public static ReadPlan Of(KnowledgeRequest request, StoredField[] fields, int hidden, out KnowledgeRequest missing)
    {
        var plan = new ReadPlan(request, new bool[fields.Length]);
        missing = new KnowledgeRequest { AttentionScores = request.AttentionScores, AttentionProbabilities = request.AttentionProbabilities };
        if (request.Logits && (plan.Logits = plan.Use(fields, FieldSet.Logits)) is null) missing += new KnowledgeRequest { Logits = true };
        if (request.Pooled && (plan.Pooled = plan.Use(fields, FieldSet.Pooled)) is null) missing += new KnowledgeRequest { Pooled = true };
        foreach (HiddenStateRequest wanted in request.HiddenStates)
        {
            StoredField? source = fields.OfType<StateField>().Where(f => StateNarrowing.Covers(f.Request, wanted, hidden))
                .MinBy(f => (f.Request == wanted ? 0 : 1, f.TypicalSize(UsualTokens)));
            if (source is null) missing += new KnowledgeRequest { HiddenStates = [wanted] };
            else plan.States.Add((wanted, plan.Use(fields, source.Text)!.Value));
        }
        return plan;
    }

    private int? Use(StoredField[] fields, string text)
    {
        int field = Array.FindIndex(fields, f => f.Text == text);
        if (field < 0) return null;
        IsRead[field] = true;
        return field;
    }
}
