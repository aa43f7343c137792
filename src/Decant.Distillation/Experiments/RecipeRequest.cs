using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.FastBert;
using Decant.Text.Data;
using Decant.Torch.Random;

namespace Decant.Distillation.Experiments;

/// <summary>What all stages of a recipe need of their teacher.</summary>
internal static class RecipeRequest
{
    /// <summary>The sum over stages and objectives; those of weight 0 need nothing.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="task">Its task.</param>
    /// <param name="teacher">The teacher's shape.</param>
    /// <param name="models">Makes a student, whose shape layer maps depend on.</param>
    public static KnowledgeRequest Of(Recipe recipe, TaskDefinition task, TeacherShape teacher, ModelSet models)
    {
        using IClassifier student = models.NewStudent(recipe.Seeds[0]);
        KnowledgeRequest sum = KnowledgeRequest.None;
        foreach (StageOptions stage in recipe.Stages.Where(s => s.Knowledge == StageKnowledge.Recipe))
        {
            using ObjectiveList objectives = KnownObjectives.Create(stage.Objectives, new ObjectiveSetup
            {
                Task = task, StudentLayers = student.Layers, StudentHiddenSize = student.HiddenSize, StudentHasBranches = student is FastBertClassifier, Teacher = teacher, Random = new RandomStream(0, "request"),
            });
            sum = objectives.Where(o => o.Objective.Weight > 0).Aggregate(sum, (all, o) => all + o.Objective.Needs);
        }
        return sum;
    }
}
