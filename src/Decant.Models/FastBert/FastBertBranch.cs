using Decant.Models.Bert;
using Decant.Models.Bert.Attention;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.FastBert;

/// <summary>
/// The classifier after one layer (Liu et al. 2020, table 1): every token narrowed to a small width, self-attention, the first
/// token's result through a dense layer, then the logits. The tanh after both dense layers and the two heads are the released code's.
/// Of the attention only what the first token sees is computed, since the rest is thrown away.
/// </summary>
public sealed class FastBertBranch : Module
{
    private readonly BertConfig config;

    /// <summary>Makes a classifier with new weights, drawn as PyTorch draws those of a linear layer (the released code).</summary>
    /// <param name="config">The sizes of the backbone.</param>
    /// <param name="shape">The sizes of the classifier.</param>
    /// <param name="outputs">Logits per sequence.</param>
    /// <param name="init">First values.</param>
    public FastBertBranch(BertConfig config, BranchShape shape, int outputs, Initializer init)
    {
        (this.config, Shape) = (config, shape);
        LinearLayer Dense(string name, long inputs, long results) => AddChild(name, LinearLayer.Uniform(inputs, results, init));
        Narrow = Dense("narrow", config.HiddenSize, shape.Width);
        Query = Dense("attention.query", shape.Width, shape.Width);
        Key = Dense("attention.key", shape.Width, shape.Width);
        Value = Dense("attention.value", shape.Width, shape.Width);
        Output = Dense("attention.output", shape.Width, shape.Width);
        Inner = Dense("dense", shape.Width, shape.Width);
        Classifier = Dense("classifier", shape.Width, outputs);
    }

    /// <summary>The sizes of the classifier.</summary>
    public BranchShape Shape { get; }

    internal LinearLayer Narrow { get; }
    internal LinearLayer Query { get; }
    internal LinearLayer Key { get; }
    internal LinearLayer Value { get; }
    internal LinearLayer Output { get; }
    internal LinearLayer Inner { get; }
    internal LinearLayer Classifier { get; }

    /// <summary>Whether its weights are trained.</summary>
    internal bool IsTrained => Narrow.Weight.RequiresGrad;

    /// <summary>The layer's own answer.</summary>
    /// <param name="hidden">Output of the layer, [batch, tokens, hidden].</param>
    /// <param name="mask">From <see cref="AttentionMask"/> with this shape's heads, [batch × heads, 1, tokens]; null when nothing is padded.</param>
    /// <param name="dropout">Null for evaluation. Applied to attention probabilities.</param>
    /// <returns>Logits, [batch, outputs].</returns>
    public Tensor Forward(Tensor hidden, Tensor? mask, Dropout? dropout)
    {
        Tensor narrow = Narrow.Forward(hidden).Tanh();
        Tensor scores = AttentionHeads.Scores(Split(Query.Forward(narrow.Narrow(1, 0, 1))), Split(Key.Forward(narrow)), mask);
        Tensor probabilities = scores.Softmax();
        Tensor dropped = dropout?.Apply(probabilities, config.AttentionDropout) ?? probabilities;
        // [batch × heads, 1, head size] is [batch, width] as it lies.
        Tensor context = dropped.BatchMatMul(Split(Value.Forward(narrow))).Reshape(hidden.Size(0), Shape.Width);
        return Classifier.Forward(Inner.Forward(Output.Forward(context)).Tanh());
    }

    private Tensor Split(Tensor states) => AttentionHeads.Split(states, Shape.Heads);
}
