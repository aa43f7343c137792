using Decant.Torch;

namespace Decant.Distillation.Knowledge;

/// <summary>The answer to a <see cref="KnowledgeRequest"/> for one batch: tensors without gradients, rows in the batch's order.</summary>
public sealed class TeacherKnowledge
{
    private readonly IReadOnlyDictionary<HiddenStateRequest, SelectedHiddenState> hiddenStates;
    private readonly Tensor? logits;

    /// <summary>Makes an answer.</summary>
    /// <param name="logits">[sequences, outputs], where asked for.</param>
    /// <param name="hiddenStates">By what was asked for.</param>
    public TeacherKnowledge(Tensor? logits, IReadOnlyDictionary<HiddenStateRequest, SelectedHiddenState> hiddenStates) =>
        (this.logits, this.hiddenStates) = (logits, hiddenStates);

    /// <summary>What objectives get that need no teacher.</summary>
    public static TeacherKnowledge None { get; } = new(null, new Dictionary<HiddenStateRequest, SelectedHiddenState>());

    /// <summary>The teacher's logits, [sequences, outputs].</summary>
    public Tensor Logits => logits ?? throw NotRequested("logits");

    /// <summary>Pooled output, [sequences, hidden], where it was asked for.</summary>
    public Tensor? Pooled { get; init; }

    /// <summary>Attention scores by layer, [sequences, heads, tokens, tokens].</summary>
    public IReadOnlyDictionary<int, Tensor> AttentionScores { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>Attention probabilities by layer, [sequences, heads, tokens, tokens].</summary>
    public IReadOnlyDictionary<int, Tensor> AttentionProbabilities { get; init; } = new Dictionary<int, Tensor>();

    /// <summary>A part of a hidden state.</summary>
    /// <param name="request">The part, as it was asked for.</param>
    public SelectedHiddenState HiddenState(HiddenStateRequest request) =>
        hiddenStates.TryGetValue(request, out SelectedHiddenState? state) ? state : throw NotRequested($"hidden state ({request})");

    /// <summary>[CLS] states of a layer with all neurons, [sequences, hidden].</summary>
    /// <param name="layer">From 0, the embeddings.</param>
    public Tensor ClsState(int layer) => HiddenState(new(layer, TokenSelection.Cls)).Values.Squeeze(1);

    private static InvalidOperationException NotRequested(string what) =>
        new($"The teacher's {what} was used but not asked for: add it to the objective's KnowledgeRequest.");
}
