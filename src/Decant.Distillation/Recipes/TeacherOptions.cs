namespace Decant.Distillation.Recipes;

/// <summary>The model that is learnt from: fine-tuned already, or fine-tuned first by this recipe.</summary>
public sealed record TeacherOptions : IRecipeRules
{
    /// <summary>A fine-tuned teacher: a model folder, or the run folder of the recipe that trained it.</summary>
    public string? Model { get; init; }

    /// <summary>A pre-trained model that is fine-tuned first, by <see cref="Finetune"/>.</summary>
    public string? From { get; init; }

    /// <summary>The stage that fine-tunes <see cref="From"/>.</summary>
    public StageOptions? Finetune { get; init; }

    /// <summary>Classifier head of a teacher that is fine-tuned here: <c>bert</c> or <c>relu</c>. Default: bert. A finished model knows its own.</summary>
    public HeadKind Head { get; init; } = HeadKind.Bert;

    /// <summary>
    /// Leave the teacher's dropout on while it teaches. Default: false, as it should be.
    /// True repeats the released TinyBERT and Marginal Utility code, which never switches it off.
    /// </summary>
    public bool Dropout { get; init; }

    /// <inheritdoc/>
    public IEnumerable<RecipeProblem> Problems()
    {
        if (Model is null == From is null)
            yield return new("", "needs either 'model' (a fine-tuned teacher) or 'from' with 'finetune' (a pre-trained model to fine-tune first)");
        if (From is not null && Finetune is null)
            yield return new("finetune", "is missing; describe the stage that fine-tunes 'from'");
        if (Model is not null && Finetune is not null)
            yield return new("finetune", "is only for a teacher given by 'from'; a 'model' is taken as it is");
    }
}

/// <summary>What stands between the encoder and the logits.</summary>
public enum HeadKind
{
    /// <summary>Pooler (dense, tanh), dropout, dense: BERT and PKD.</summary>
    Bert,
    /// <summary>Pooler (dense, tanh), ReLU, dense, no dropout: the released TinyBERT and Marginal Utility code.</summary>
    Relu,
}
