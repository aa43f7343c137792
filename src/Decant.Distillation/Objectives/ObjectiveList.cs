using System.Collections;

namespace Decant.Distillation.Objectives;

/// <summary>The objectives of a stage, and whatever native memory they own.</summary>
/// <param name="objectives">Names and objectives.</param>
public sealed class ObjectiveList(IReadOnlyList<(string Name, IObjective Objective)> objectives) : IReadOnlyList<(string Name, IObjective Objective)>, IDisposable
{
    /// <inheritdoc/>
    public int Count => objectives.Count;

    /// <inheritdoc/>
    public (string Name, IObjective Objective) this[int index] => objectives[index];

    /// <inheritdoc/>
    public IEnumerator<(string Name, IObjective Objective)> GetEnumerator() => objectives.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Frees the parameters of objectives that have some.</summary>
    public void Dispose()
    {
        foreach ((_, IObjective objective) in objectives) (objective as IDisposable)?.Dispose();
    }
}
