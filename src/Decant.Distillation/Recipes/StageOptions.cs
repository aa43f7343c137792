using System.ComponentModel.DataAnnotations;
using Decant.Models.FastBert;

namespace Decant.Distillation.Recipes;

/// <summary>One pass of training with its own objectives, length and optimiser.</summary>
public sealed record StageOptions : IRecipeRules
{
    /// <summary>Name of the stage in logs and figures. Default: train.</summary>
    [RegularExpression(@"[A-Za-z][A-Za-z0-9_-]*", ErrorMessage = "a name that starts with a letter and goes on with letters, digits, '-' and '_'")]
    public string Name { get; init; } = "train";

    /// <summary>Length in passes over the training examples, up to 10000; parts such as 0.5 are allowed. This or <see cref="Steps"/>.</summary>
    [Range(0.0, 10_000.0, MinimumIsExclusive = true)]
    public double? Epochs { get; init; }

    /// <summary>Length in optimiser updates. This or <see cref="Epochs"/>.</summary>
    [Range(1, int.MaxValue)]
    public int? Steps { get; init; }

    /// <summary>Examples per optimiser update, 1 to 65536. Default: 32 (PKD code).</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Examples per batch of an evaluation, 1 to 65536. Default: 64; it changes speed and memory only.</summary>
    [Range(1, 65536)]
    public int EvalBatchSize { get; init; } = 64;

    /// <summary>Parts into which a batch is cut to save memory; it divides <see cref="BatchSize"/>. Default: 1.</summary>
    [Range(1, 65536)]
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// How the parts' gradients are put together: <c>mean</c> (as one large batch) or <c>sum</c>
    /// (the released PKD code, which divides too late). Default: mean.
    /// </summary>
    public AccumulateMode AccumulateMode { get; init; } = AccumulateMode.Mean;

    /// <summary>The optimiser and its schedule.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The losses that are summed, by name. At least one; <c>off</c> leaves an inherited one out.</summary>
    [MinLength(1)]
    public required ObjectiveMap Objectives { get; init; }

    /// <summary>
    /// What of a FastBERT is trained while the rest is frozen: <c>all</c>, <c>backbone</c> (the encoder and the last layer's classifier: the paper's
    /// fine-tuning), <c>teacher</c> (the last classifier alone, for an encoder that was fine-tuned before) or <c>branches</c> (the other classifiers:
    /// its self-distillation). Default: all.
    /// </summary>
    public FastBertPart Train { get; init; } = FastBertPart.All;

    /// <summary>Where knowledge comes from: what the <c>recipe</c> says, or <c>self</c>, the student's own last layer (FastBERT). Default: recipe.</summary>
    public StageKnowledge Knowledge { get; init; } = StageKnowledge.Recipe;

    /// <summary>Also train on the texts of <c>task.unlabelled</c>; no objective may need labels. Default: false.</summary>
    public bool Unlabelled { get; init; }

    /// <summary>Leave dropout on in what is frozen, as the released FastBERT code does, in the self-distillation's teacher too. Default: false.</summary>
    public bool FrozenDropout { get; init; }

    /// <summary>When dev is evaluated and which weights are kept.</summary>
    public EvaluateOptions Evaluate { get; init; } = new();

    /// <summary>Stop when dev no longer improves. Default: none, as in the papers.</summary>
    public EarlyStopOptions? EarlyStop { get; init; }

    /// <summary>When a checkpoint for resuming is written: <c>epoch</c>, <c>never</c> or a number of steps. Default: epoch.</summary>
    public Cadence Checkpoint { get; init; } = Cadence.Epoch;

    /// <summary>Draw the examples in a new seeded order each epoch. Default: true. The released PKD code never shuffles.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Put texts of like length into one batch. Default: true; batches hold the same share of each example either way.</summary>
    public bool Bucket { get; init; } = true;

    /// <summary>Pad a batch to its longest text (<c>longest</c>) or to the task's maxLength (<c>maxLength</c>, the papers' code). Default: longest.</summary>
    public PaddingMode Padding { get; init; } = PaddingMode.Longest;

    /// <summary>Leave out the last, smaller batch of an epoch (the released TinyBERT code). Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>Keep dropout on after the first evaluation. Default: true. False repeats the released PKD code, which trains on in evaluation mode.</summary>
    public bool DropoutAfterFirstEval { get; init; } = true;

    /// <summary>
    /// Updates over which the schedule is spread: all of them (<c>exact</c>), or whole batches only (<c>floor</c>,
    /// the released PKD and TinyBERT code, whose last updates run at rate 0). Default: exact.
    /// </summary>
    public ScheduleLength ScheduleLength { get; init; } = ScheduleLength.Exact;

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Epochs is null == Steps is null)
            yield return new("", "needs either 'epochs' or 'steps', and not both");
        if (Train == FastBertPart.Branches && Evaluate.Keep == KeepMode.Best && Evaluate.Every != Cadence.Never)
            yield return new("evaluate.keep", "chooses by the last layer's answers, which do not change while the branches are trained; set evaluate: { keep: last }");
        bool hidesWords = Objectives.Find("maskedLanguageModel") is not null;
        if (hidesWords && Objectives.Count > 1)
            yield return new("objectives", "has maskedLanguageModel, which hides words of the texts, beside others that would read them so; give it a stage of its own");
        if (hidesWords && Evaluate.Keep == KeepMode.Best && Evaluate.Every != Cadence.Never)
            yield return new("evaluate.keep", "chooses by the classifier's answers, which maskedLanguageModel does not train; set evaluate: { every: never, keep: last }");
        if (BatchSize % Accumulate != 0)
            yield return new("accumulate", $"is {Accumulate}, which does not divide batchSize {BatchSize}");
    }
}

/// <summary>Where a stage's knowledge comes from.</summary>
public enum StageKnowledge
{
    /// <summary>The teacher or the knowledge store of the recipe.</summary>
    Recipe,
    /// <summary>The student's own last layer.</summary>
    Self,
}

/// <summary>How gradients of a batch that was cut into parts are put together.</summary>
public enum AccumulateMode
{
    /// <summary>As if the batch had not been cut.</summary>
    Mean,
    /// <summary>Added up, so larger by the number of parts (released PKD code).</summary>
    Sum,
}

/// <summary>To which length a batch is padded.</summary>
public enum PaddingMode
{
    /// <summary>The longest text of the batch.</summary>
    Longest,
    /// <summary>The task's greatest length.</summary>
    MaxLength,
}

/// <summary>Updates over which a schedule is spread.</summary>
public enum ScheduleLength
{
    /// <summary>Every update of the stage.</summary>
    Exact,
    /// <summary>⌊examples / batch⌋ · epochs, as in the released PKD code; updates beyond that have rate 0.</summary>
    Floor,
}
