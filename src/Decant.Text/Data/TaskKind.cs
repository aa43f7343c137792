namespace Decant.Text.Data;

/// <summary>What a model has to say about an example.</summary>
public enum TaskKind
{
    /// <summary>Exactly one of the task's labels.</summary>
    SingleLabel,

    /// <summary>Any number of the task's labels, each on or off by itself.</summary>
    MultiLabel,

    /// <summary>One real number.</summary>
    Regression,

    /// <summary>One of the choices that come with the example (RACE).</summary>
    MultipleChoice,
}
