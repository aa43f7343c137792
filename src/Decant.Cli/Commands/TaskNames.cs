using Decant.Distillation.Experiments;
using Decant.Distillation.Recipes;

namespace Decant.Cli.Commands;

/// <summary>The tasks that come in folders of their own.</summary>
internal static class TaskNames
{
    /// <summary>Tasks by the name that recipes use.</summary>
    public static IReadOnlyDictionary<string, TaskName> Known { get; } = Enum.GetValues<TaskName>()
        .Where(task => task is not (TaskName.Own or TaskName.Synthetic)).ToDictionary(TaskLoader.NameOf);
}
