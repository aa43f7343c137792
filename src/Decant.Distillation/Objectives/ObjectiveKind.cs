using Decant.Distillation.Recipes;

namespace Decant.Distillation.Objectives;

/// <summary>An objective that recipes can name, and how it is made from its options.</summary>
/// <typeparam name="TOptions">Its options record.</typeparam>
/// <param name="name">Its key in a recipe.</param>
/// <param name="create">Makes it.</param>
public sealed class ObjectiveKind<TOptions>(string name, Func<TOptions, ObjectiveSetup, IObjective> create) : IObjectiveKind, IObjectiveFactory
    where TOptions : class, new()
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public IObjective Create(object options, ObjectiveSetup setup) => create((TOptions)options, setup);
}

/// <summary>Makes an objective from its options.</summary>
public interface IObjectiveFactory
{
    /// <summary>Makes the objective.</summary>
    /// <param name="options">The record that the recipe was read into.</param>
    /// <param name="setup">Task, shapes and seeds.</param>
    IObjective Create(object options, ObjectiveSetup setup);
}
