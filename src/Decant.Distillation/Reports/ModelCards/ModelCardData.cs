namespace Decant.Distillation.Reports.ModelCards;

/// <summary>A data set as a model card names it.</summary>
public sealed record ModelCardData
{
    /// <summary>Its name for people: <c>GLUE SST-2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name on the Hub (<c>glue</c>); <see langword="null"/> for data that is not there.</summary>
    public string? HubName { get; init; }

    /// <summary>Its configuration on the Hub (<c>sst2</c>).</summary>
    public string? Configuration { get; init; }

    /// <summary>The split evaluated on, by its Hub name: GLUE's dev set is <c>validation</c>.</summary>
    public string Split { get; init; } = "validation";

    /// <summary>Number of training examples.</summary>
    public int? TrainExamples { get; init; }

    /// <summary>Number of examples evaluated on.</summary>
    public int? EvaluationExamples { get; init; }
}
