using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Reports.ModelCards;

/// <summary>What a model card says, as plain data. Texts may hold anything: the writer escapes them.</summary>
public sealed record ModelCard
{
    /// <summary>The model's name, e.g. <c>bert-6x192-sst2-pkd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for, as a noun without article: <c>sentiment analysis of English film reviews</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The Hub's name of the task: <c>text-classification</c>, <c>multiple-choice</c>, <c>fill-mask</c> ….</summary>
    public string PipelineTag { get; init; } = "text-classification";

    /// <summary>Whether texts may leave before the last layer (FastBERT), which <c>transformers</c> has no class for. Default: false.</summary>
    public bool HasAdaptiveExit { get; init; }

    /// <summary>Whether an input is two texts.</summary>
    public bool IsPair { get; init; }

    /// <summary>ISO 639 code of the language.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The licence by its Hub name, e.g. <c>apache-2.0</c>; left out where not told, for no one else can choose it.</summary>
    public string? License { get; init; }

    /// <summary>Labels in class order; empty for regression.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The shape, e.g. <c>6 layers × 192, 3 heads</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Number of parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Where the weights began, e.g. <c>the first 6 layers of a pretrained 12 × 192 BERT</c>; <see langword="null"/> for random weights.</summary>
    public string? Initialisation { get; init; }

    /// <summary>The Hub name of the model that the weights began from. Give it only for a model that is on the Hub.</summary>
    public string? BaseModel { get; init; }

    /// <summary>What the model learnt from; <see langword="null"/> for plain fine-tuning.</summary>
    public string? Teacher { get; init; }

    /// <summary>The data it was trained and evaluated on.</summary>
    public required ModelCardData Data { get; init; }

    /// <summary>What was minimised: one line an objective with its weight and options, e.g. <c>patience × 100 (layers: skip, normalized)</c>.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>Which teacher layer taught which student layer, one line a pair.</summary>
    public IReadOnlyList<string> LayerMap { get; init; } = [];

    /// <summary>Names and values of the training procedure: optimiser, learning rate, epochs, batch size, seeds ….</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Procedure { get; init; } = [];

    /// <summary>The scores: this model's row first, with the scores of this very model rather than a mean over seeds, for they go to the Hub; then its teacher's and, if wanted, its system over all seeds.</summary>
    public required ComparisonTable Evaluation { get; init; }

    /// <summary>Limits that the reader should know besides the general ones.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>The effective recipe as YAML. A card is made to be published: mind paths of your machine in it.</summary>
    public string? Recipe { get; init; }

    /// <summary>The machine and software it was trained with.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>The papers behind it; see <see cref="Papers"/>.</summary>
    public IReadOnlyList<Paper> Papers { get; init; } = [];
}
