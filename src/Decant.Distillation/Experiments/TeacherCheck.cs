using Decant.Distillation.Evaluation;
using Decant.Text.Data;

namespace Decant.Distillation.Experiments;

/// <summary>Looks at a teacher before it teaches: distilling from one that was never fine-tuned is the most common user error.</summary>
public static class TeacherCheck
{
    /// <summary>A warning when a teacher does no better than guessing; null when it does.</summary>
    /// <param name="teacher">Its answers and metrics on the dev split.</param>
    /// <param name="dev">The dev split.</param>
    public static string? LooksUntrained(EvaluationResult teacher, DataSet dev)
    {
        if (dev.Task.Kind is not (TaskKind.SingleLabel or TaskKind.MultipleChoice)) return null;
        int[] labels = [.. dev.Examples.Select(e => e.ClassIndex!.Value)];
        int width = teacher.Answers.Length / labels.Length;
        double guessing = labels.GroupBy(l => l).Max(g => g.Count()) / (double)labels.Length;
        double right = labels.Where((label, i) => ArgMax(teacher.Answers.AsSpan(i * width, width)) == label).Count() / (double)labels.Length;
        return right > guessing + 0.005 ? null
            : $"The teacher looks untrained: it is right on {right:P1} of {dev.Split}, and always answering the most frequent label on {guessing:P1}. Fine-tune it on this task first.";
    }

    private static int ArgMax(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
            if (row[i] > row[best]) best = i;
        return best;
    }
}
