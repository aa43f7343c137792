using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Bert;

/// <summary>What lies between the pooled output and the classifier.</summary>
public enum HeadKind
{
    /// <summary>Dropout, as in BERT, PKD and Hugging Face. Default.</summary>
    Bert,
    /// <summary>A ReLU and no dropout, as in the official code of TinyBERT and of Marginal Utility.</summary>
    Relu,
}

/// <summary>
/// BERT with a linear layer on the pooled output: <c>BertForSequenceClassification</c>, and with one output and several choices
/// <c>BertForMultipleChoice</c>. Logits are [sequences, outputs]; the task gives them their meaning.
/// </summary>
public sealed class BertClassifier : Module, IClassifier
{
    private readonly LinearLayer classifier;

    /// <summary>Makes a model with new weights.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="outputs">Logits per sequence.</param>
    /// <param name="init">First values.</param>
    /// <param name="head">Between pooled output and classifier.</param>
    public BertClassifier(BertConfig config, int outputs, Initializer init, HeadKind head = HeadKind.Bert)
    {
        Outputs = outputs;
        Head = head;
        Encoder = AddChild("bert", new BertEncoder(config, init, withPooler: true));
        classifier = AddChild("classifier", new LinearLayer(config.HiddenSize, outputs, init));
    }

    /// <summary>The encoder.</summary>
    public BertEncoder Encoder { get; }

    /// <summary>The sizes.</summary>
    public BertConfig Config => Encoder.Config;

    /// <summary>Logits per sequence.</summary>
    public int Outputs { get; }

    /// <summary>Between pooled output and classifier.</summary>
    public HeadKind Head { get; }

    /// <inheritdoc/>
    public int Layers => Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.HiddenSize;

    /// <inheritdoc/>
    public ModelOutput Forward(ModelInput input, OutputRequest request, Dropout? dropout = null)
    {
        if (!request.BranchLogits.IsEmpty) throw new DecantException("The model has no branch classifiers; only a FastBERT has them (student.fastBert in a recipe).");
        BertEncoderOutput encoded = Encoder.Forward(input, request, dropout, lastForAllTokens: false);
        if (!request.Logits) return encoded.With(null, request);
        Tensor pooled = encoded.Pooled!;
        Tensor features = Head == HeadKind.Relu ? pooled.Relu() : dropout?.Apply(pooled, Config.HiddenDropout) ?? pooled;
        return encoded.With(classifier.Forward(features), request);
    }
}
