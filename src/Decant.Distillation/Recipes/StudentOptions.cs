using System.ComponentModel.DataAnnotations;

namespace Decant.Distillation.Recipes;

/// <summary>The model that is trained: cut from another, or made from scratch.</summary>
public sealed record StudentOptions : IRecipeRules
{
    /// <summary>The value of <see cref="From"/> that cuts the student from the fine-tuned teacher.</summary>
    public const string FromTeacher = "teacher";

    /// <summary>A pre-trained model folder, or <c>teacher</c>. PKD cuts from the pre-trained model, not from the teacher.</summary>
    public string? From { get; init; }

    /// <summary>
    /// Which layers of <see cref="From"/> are kept: <c>all</c>, <c>first 6</c>, <c>last 3</c>, or a list such as <c>[0, 2, 4]</c>,
    /// counted from 0 as the weights are named; <c>stacked 6</c> repeats a shallow model's layers until there are 6 (Gong et al. 2019). Default: all.
    /// </summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>Sizes of a student made from scratch.</summary>
    public StudentConfig? Config { get; init; }

    /// <summary>Dropout of hidden states and attention while training, 0 up to but not 1. Default: 0.1 (BERT).</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Classifier head: <c>bert</c> or <c>relu</c>. Default: bert (PKD).</summary>
    public HeadKind Head { get; init; } = HeadKind.Bert;

    /// <summary>
    /// <c>new</c>, or <c>keep</c> for that of a <see cref="From"/> fine-tuned on this task: a student that <c>decant prune</c> cut from its
    /// teacher (Marginal Utility). Default: new (PKD).
    /// </summary>
    public ClassifierStart Classifier { get; init; } = ClassifierStart.New;

    /// <summary>A classifier on every layer, in place of the head, for adaptive exit (FastBERT). Default: none.</summary>
    public FastBertOptions? FastBert { get; init; }

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (FastBert is not null && Head != HeadKind.Bert)
            yield return new("head", "is for a student with one classifier; a FastBERT has its own on every layer");
        if (FastBert is not null && Classifier == ClassifierStart.Keep)
            yield return new("classifier", "keeps the one classifier of 'from', and a FastBERT has its own on every layer; those of another FastBERT are kept anyway");
        if (Classifier == ClassifierStart.Keep && From is null)
            yield return new("classifier", "keeps the classifier of 'from', but there is none; a student from scratch has a new one");
        if (From is null == Config is null)
            yield return new("", "needs either 'from' (a model to cut the student from) or 'config' (sizes of a student from scratch)");
        if (Config is not null && Layers != LayerSelection.All)
            yield return new("layers", "chooses layers of 'from'; for a student from scratch set config.layers");
    }
}

/// <summary>What the student's classifier starts from.</summary>
public enum ClassifierStart
{
    /// <summary>New weights.</summary>
    New,
    /// <summary>That of the model which the student is cut from.</summary>
    Keep,
}

/// <summary>Sizes of a BERT made from scratch, weights drawn from a normal distribution as in BERT.</summary>
public sealed record StudentConfig : IRecipeRules
{
    /// <summary>Transformer layers, 1 to 96. Required.</summary>
    [Range(1, 96)]
    public required int Layers { get; init; }

    /// <summary>Width of the hidden states, 1 to 16384. Required.</summary>
    [Range(1, 16384)]
    public required int Hidden { get; init; }

    /// <summary>Attention heads; they divide <see cref="Hidden"/>. Required.</summary>
    [Range(1, 1024)]
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer, up to 65536; 0 means four times <see cref="Hidden"/>. Default: 0 (BERT's ratio).</summary>
    [Range(0, 65536)]
    public int Intermediate { get; init; }

    /// <summary>Positions that the model can read, 8 to 65536. Default: 512 (BERT).</summary>
    [Range(8, 65536)]
    public int MaxPositions { get; init; } = 512;

    /// <summary>Standard deviation of new weights, above 0 up to 1. Default: 0.02 (BERT, at width 768); narrow models learn faster with more, such as 0.04 at width 128.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>
    /// Start the position table from sines and cosines (Vaswani et al. 2017) and train it from there. Default: false (BERT).
    /// A model that sees little text learns far sooner to look at the word before another.
    /// </summary>
    public bool SinusoidalPositions { get; init; }

    /// <summary>Folder or <c>vocab.txt</c> with the vocabulary. Default: the teacher's.</summary>
    public string? Vocabulary { get; init; }

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Hidden % Heads != 0)
            yield return new("heads", $"is {Heads}, which does not divide hidden {Hidden}");
    }
}
