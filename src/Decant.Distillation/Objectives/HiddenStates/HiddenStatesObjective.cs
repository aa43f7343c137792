using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Students;
using Decant.Torch;

namespace Decant.Distillation.Objectives.HiddenStates;

/// <summary>
/// Hidden-state knowledge cut in depth, length and width (Marginal Utility Diminishes, 2021): L = Σ_j MSE(H_s,j W + b, select(H_t,g(j))).
/// The mean is over sequences × selected tokens × all neurons, the sum over layers. With all tokens and neurons it is TinyBERT's hidden-state loss.
/// </summary>
public sealed class HiddenStatesObjective : IObjective, IDisposable
{
    // TinyBERT's fit_dense starts as every other new layer of BERT.
    private const double ProjectionDeviation = 0.02;

    private readonly HiddenStatesOptions options;
    private readonly IReadOnlyList<(int Student, HiddenStateRequest Teacher)> pairs;
    private readonly LinearLayer? projection;
    private readonly int hiddenSize;
    private readonly bool startsTrained;

    /// <summary>Makes the objective.</summary>
    /// <param name="options">Weight, cuts and conventions.</param>
    /// <param name="setup">Must have a teacher.</param>
    public HiddenStatesObjective(HiddenStatesOptions options, ObjectiveSetup setup)
    {
        this.options = options;
        TeacherShape teacher = setup.RequireTeacher("hiddenStates");
        hiddenSize = teacher.HiddenSize;
        Map = options.EffectiveLayers.For(teacher.Layers, setup.StudentLayers);
        pairs = [.. Map.Select(pair => (pair.Student, Request(pair)))];
        Needs = new KnowledgeRequest { HiddenStates = [.. pairs.Select(pair => pair.Teacher)] };
        Observes = options.EffectiveTokens == TokenSelection.Cls ? new() { ClsStates = [.. Map.Students] } : new() { HiddenStates = [.. Map.Students] };
        if (options.Projection == ProjectionMode.Auto && setup.StudentHiddenSize == teacher.HiddenSize) return;
        projection = new LinearLayer(setup.StudentHiddenSize, teacher.HiddenSize, new Initializer(setup.Random, ProjectionDeviation));
        startsTrained = options.ProjectionStart == ProjectionStart.Auto && TryStart(setup.Projection, setup.StudentHiddenSize);
        projection.MoveTo(setup.Device);
    }

    /// <summary>Which teacher layer teaches which student layer.</summary>
    public LayerMap Map { get; }

    /// <inheritdoc/>
    public KnowledgeRequest Needs { get; }

    /// <inheritdoc/>
    public OutputRequest Observes { get; }

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
        projection?.NamedParameters().Select(p => ($"projection.{p.Name}", p.Tensor)) ?? [];

    /// <inheritdoc/>
    public int[]? ObservedTokens(int layer, TeacherKnowledge knowledge)
    {
        int[]?[] positions = [.. pairs.Where(pair => pair.Student == layer).Select(pair => knowledge.HiddenState(pair.Teacher).Positions)];
        return positions is [{ } one] ? one : null;
    }

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs) =>
        pairs.Select(pair => Distance(inputs.Student, pair.Student, inputs.Knowledge.HiddenState(pair.Teacher))).Aggregate((a, b) => a + b);

    /// <summary>
    /// Share that is kept of the student's whole hidden-state knowledge, (layers + embeddings) × tokens × neurons: n/(k+1) · K/tokens · r.
    /// </summary>
    /// <param name="tokens">Length of a text; the paper counts with the task's maximum.</param>
    public double KeptFraction(int tokens) =>
        (double)pairs.Sum(pair => pair.Teacher.ValuesPerText(tokens, hiddenSize)) / ((long)(Map.StudentLayers + 1) * tokens * hiddenSize);

    /// <inheritdoc/>
    public string Note(int maxLength) => string.Create(CultureInfo.InvariantCulture,
        $"keeps {100 * KeptFraction(maxLength):0.###} % of the hidden-state knowledge at {maxLength} tokens{(projection is null ? "" : startsTrained ? ", shared projection from the student's fit_dense" : ", shared projection")}");

    /// <summary>Frees the projection.</summary>
    public void Dispose() => projection?.Dispose();

    private bool TryStart(StudentProjection? trained, int studentSize)
    {
        if (trained is null || trained.StudentWidth != studentSize || trained.TeacherWidth != hiddenSize) return false;
        foreach ((string name, Tensor tensor) in projection!.NamedParameters())
            (name == "weight" ? trained.Weight : trained.Bias).CopyTo(tensor.Span<float>());
        return true;
    }

    private HiddenStateRequest Request(LayerPair pair)
    {
        TokenSelection tokens = options.EffectiveTokens;
        if (options.AttentionLayers == AttentionLayers.Uniform)
            tokens = tokens.RankedBy(Math.Max(1, LayerMapRule.Proportion(Map.TeacherLayers, pair.Student, Map.StudentLayers)));
        return new HiddenStateRequest(pair.Teacher, tokens, options.EffectiveNeurons, withPadding: !options.MaskPadding);
    }

    private static Tensor StudentState(ModelOutput student, int layer) =>
        student.ClsStates.TryGetValue(layer, out Tensor? cls) && !student.HiddenStates.ContainsKey(layer) ? cls.Unsqueeze(1) : student.HiddenStates[layer];

    private Tensor Distance(ModelOutput output, int layer, SelectedHiddenState teacher)
    {
        Tensor state = StudentState(output, layer);
        // Tokens are taken before the projection: it need not be computed for the others.
        Tensor taken = output.LastTokensAlone && layer == Map.StudentLayers ? state : teacher.TakeFrom(state);
        Tensor student = projection?.Forward(taken) ?? taken;
        if (options.MaskStudent && teacher.KeptNeurons is { } kept) student *= kept.To(student.DType);
        return teacher.CountedTokens() is { } counted
            ? ((student - teacher.Values).Square().Mean(-1) * counted).Sum() / teacher.CountedTotal
            : student.MseLoss(teacher.Values);
    }
}
