using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Objectives.MaskedLanguageModel;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SelfDistillation;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;

namespace Decant.Distillation.Objectives;

/// <summary>Every objective of this library. A new one is added to this list and nowhere else.</summary>
public static class KnownObjectives
{
    /// <summary>The catalog that recipes are read with.</summary>
    public static ObjectiveCatalog Catalog { get; } = new ObjectiveCatalog()
        .Add(new ObjectiveKind<HardLabelsOptions>("hardLabels", (options, _) => new HardLabelsObjective(options)))
        .Add(new ObjectiveKind<SoftLabelsOptions>("softLabels", (options, setup) => new SoftLabelsObjective(options, setup)))
        .Add(new ObjectiveKind<PatienceOptions>("patience", (options, setup) => new PatienceObjective(options, setup)))
        .Add(new ObjectiveKind<HiddenStatesOptions>("hiddenStates", (options, setup) => new HiddenStatesObjective(options, setup)))
        .Add(new ObjectiveKind<SelfDistillationOptions>("selfDistillation", (options, setup) => new SelfDistillationObjective(options, setup)))
        .Add(new ObjectiveKind<MaskedLanguageModelOptions>("maskedLanguageModel", (options, setup) => new MaskedLanguageModelObjective(options, setup)));

    /// <summary>Makes the objectives of a stage; the caller disposes them.</summary>
    /// <param name="map">Names and options.</param>
    /// <param name="setup">Task, shapes and seeds.</param>
    public static ObjectiveList Create(ObjectiveMap map, ObjectiveSetup setup) =>
        new([.. map.Select(entry => (entry.Name, ((IObjectiveFactory)Catalog.Find(entry.Name)!).Create(entry.Options, setup)))]);
}
