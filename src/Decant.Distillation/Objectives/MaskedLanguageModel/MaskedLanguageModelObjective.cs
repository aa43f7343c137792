using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Objectives.MaskedLanguageModel;

/// <summary>
/// Goes on with pre-training, on the texts of the task and any others (Gururangan et al. 2020, "Don't Stop Pretraining"): words are hidden and have to
/// be guessed, L = −log P(word | the rest), mean over the hidden words (Devlin et al. 2019). It needs no labels. The head comes from the
/// student's checkpoint where that has one, and is not kept.
/// </summary>
public sealed class MaskedLanguageModelObjective : IObjective, IDisposable
{
    // A new head starts as every other new layer of BERT.
    private const double HeadDeviation = 0.02;

    private readonly MaskedLanguageModelOptions options;
    private readonly BertEncoder? encoder;
    private readonly MaskedLmHead? head;
    private readonly TokenMasker? masker;
    private readonly int layer;
    private (int[] Places, int[] Pieces) hidden = ([], []);

    /// <summary>Makes the objective.</summary>
    /// <param name="options">Weight and share of hidden words.</param>
    /// <param name="setup">Without an encoder the objective can only be planned with.</param>
    /// <exception cref="DecantException">The vocabulary has no [MASK], or the checkpoint's head is damaged.</exception>
    public MaskedLanguageModelObjective(MaskedLanguageModelOptions options, ObjectiveSetup setup)
    {
        (this.options, layer, encoder) = (options, setup.StudentLayers, setup.Encoder);
        Observes = new OutputRequest { HiddenStates = [layer] };
        if (encoder is null) return;
        masker = new TokenMasker(setup.Vocabulary ?? throw new InvalidOperationException("An encoder comes with its vocabulary."), options.Probability);
        var init = new Initializer(setup.Random, HeadDeviation);
        head = setup.Source is { } source ? BertLoader.StartMaskedLmHead(source, init) : new MaskedLmHead(encoder.Config, init);
        head.MoveTo(setup.Device);
    }

    /// <inheritdoc/>
    public KnowledgeRequest Needs => KnowledgeRequest.None;

    /// <inheritdoc/>
    public OutputRequest Observes { get; }

    /// <inheritdoc/>
    public double Weight => options.Weight;

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Parameters => head?.NamedParameters() ?? [];

    /// <inheritdoc/>
    public void Prepare(TokenBatch batch, RandomStream random) => hidden = masker!.Mask(batch, random);

    /// <inheritdoc/>
    public Tensor Loss(ObjectiveInputs inputs)
    {
        Tensor states = inputs.Student.HiddenStates[layer];
        Device device = states.Device;
        Tensor Indices(int[] values) => Tensor.From(values, values.Length).To(DType.Int64).To(device);
        Tensor guessed = states.Reshape(-1, states.Size(2)).IndexSelect(0, Indices(hidden.Places));
        return head!.Forward(guessed, encoder!).CrossEntropy(Indices(hidden.Pieces));
    }

    /// <inheritdoc/>
    public string Note(int maxLength) => string.Create(CultureInfo.InvariantCulture, $"hides {100 * options.Probability:0.#} % of the word pieces");

    /// <summary>Frees the head.</summary>
    public void Dispose() => head?.Dispose();
}
