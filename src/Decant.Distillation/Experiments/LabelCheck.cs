using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Distillation.Experiments;

/// <summary>Refuses a model whose labels are not those of the task, in the task's order: the most common reason for a student that collapses.</summary>
public static class LabelCheck
{
    /// <summary>Compares a model's labels with a task's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">The task.</param>
    /// <exception cref="DecantException">Their number or their order differs.</exception>
    public static void Require(ModelDirectory model, TaskDefinition task)
    {
        if (model.Labels is not { } labels || task.Labels.Count == 0 || labels.AreUnnamed) return;
        if (labels.Names.SequenceEqual(task.Labels, StringComparer.OrdinalIgnoreCase)) return;
        bool permuted = labels.Names.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(task.Labels.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        throw new DecantException(permuted
            ? $"{model.Path} has its labels in another order ({string.Join(", ", labels.Names)}) than the task {task.Name} ({string.Join(", ", task.Labels)}). Its answers would teach the wrong classes; fine-tune a teacher on this task, or put id2label into the task's order together with the classifier's rows."
            : $"{model.Path} knows the labels {string.Join(", ", labels.Names)}; the task {task.Name} has {string.Join(", ", task.Labels)}. It was trained for another task.");
    }
}
