using Decant.Models.Bert;
using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.FastBert;

/// <summary>
/// FastBERT (Liu et al., ACL 2020): a BERT encoder with a classifier after every layer. The last one is the teacher of the others and
/// gives <see cref="ModelOutput.Logits"/>; the others are <see cref="ModelOutput.BranchLogits"/>. <see cref="AdaptiveClassifier"/> runs it
/// only as deep as each sequence needs.
/// </summary>
public sealed class FastBertClassifier : Module, IClassifier
{
    private readonly List<FastBertBranch> branches = [];

    /// <summary>Makes a model with new weights.</summary>
    /// <param name="config">The sizes of the backbone.</param>
    /// <param name="shape">The sizes of the classifiers.</param>
    /// <param name="outputs">Logits per sequence, at least 2: a single number has no uncertainty.</param>
    /// <param name="init">First values.</param>
    /// <exception cref="DecantException">There are fewer than two outputs.</exception>
    public FastBertClassifier(BertConfig config, BranchShape shape, int outputs, Initializer init)
    {
        if (outputs < 2) throw new DecantException("FastBERT needs two classes or more: it leaves early where the classes' probabilities are sure, and a single number has none.");
        (Shape, Outputs) = (shape.Validate("FastBERT"), outputs);
        Encoder = AddChild("bert", new BertEncoder(config, init, withPooler: false));
        for (int l = 0; l < config.Layers; l++) branches.Add(AddChild($"branches.{l}", new FastBertBranch(config, shape, outputs, init)));
    }

    /// <summary>The encoder.</summary>
    public BertEncoder Encoder { get; }

    /// <summary>The sizes of the backbone.</summary>
    public BertConfig Config => Encoder.Config;

    /// <summary>The sizes of the classifiers.</summary>
    public BranchShape Shape { get; }

    /// <summary>Logits per sequence.</summary>
    public int Outputs { get; }

    /// <summary>The classifiers by layer; the last one is the teacher.</summary>
    public IReadOnlyList<FastBertBranch> Branches => branches;

    /// <inheritdoc/>
    public int Layers => Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.HiddenSize;

    /// <summary>Leave dropout on in parts that are frozen, the teacher among them, while others are trained. Default: false. The released code does.</summary>
    public bool DropoutWhereFrozen { get; set; }

    /// <summary>Freezes everything else.</summary>
    /// <param name="part">What is trained from now on.</param>
    public void Train(FastBertPart part)
    {
        Encoder.RequireGrad(part is FastBertPart.All or FastBertPart.Backbone);
        branches[^1].RequireGrad(part is not FastBertPart.Branches);
        foreach (FastBertBranch branch in branches.SkipLast(1)) branch.RequireGrad(part is FastBertPart.All or FastBertPart.Branches);
    }

    /// <inheritdoc/>
    /// <returns>Logits of the last layer, [batch, outputs], unless they are not wanted, and those of the branches that were asked for.</returns>
    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        CheckBranches(request);
        OutputRequest states = request with { HiddenStates = request.HiddenStates.Union(request.BranchLogits), LastTokens = null };
        BertEncoderOutput encoded = Encoder.Forward(input, states, DropoutOf(Encoder.WordEmbeddings.RequiresGrad, dropout), lastForAllTokens: true);
        Tensor? mask = AttentionMask.Of(input.AttentionMask, Shape.Heads)?[Shape.Heads];
        Tensor Answer(int layer, Tensor hidden) => branches[layer - 1].Forward(hidden, mask, DropoutOf(branches[layer - 1].IsTrained, dropout));
        Tensor? logits = request.Logits ? Answer(Layers, encoded.Last) : null;
        var answers = request.BranchLogits.ToDictionary(layer => layer, layer => layer == Layers && logits is not null ? logits : Answer(layer, encoded.HiddenStates[layer]));
        return encoded.With(logits, request, answers);
    }

    private Dropout? DropoutOf(bool isTrained, Dropout? dropout) => isTrained || DropoutWhereFrozen ? dropout : null;

    private void CheckBranches(OutputRequest request)
    {
        foreach (int layer in request.BranchLogits)
            if (layer < 1 || layer > Layers) throw new DecantException($"The classifier of layer {layer} was asked for; the model has layers 1 to {Layers}.");
    }
}
