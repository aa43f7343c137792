using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Recipes;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;

namespace Decant.Distillation.Experiments;

/// <summary>Opens the knowledge store of a recipe and refuses one that was made from something else.</summary>
internal static class OfflineKnowledge
{
    /// <summary>Opens the store.</summary>
    /// <param name="recipe">Its <c>knowledge</c> is the path.</param>
    /// <param name="models">Its models; the teacher is compared where it is on this machine, and never loaded.</param>
    /// <param name="train">What is trained on.</param>
    /// <exception cref="DecantException">There is no store, or it does not fit.</exception>
    public static KnowledgeStore Open(Recipe recipe, ModelSet models, EncodedDataSet train)
    {
        RequireNoDropout(recipe);
        KnowledgeStore store = KnowledgeStore.Open(recipe.Knowledge);
        try
        {
            string? teacher = models.LocalTeacherFolder is { } folder ? TeacherFingerprint.Of(ModelDirectory.Open(folder)) : null;
            StoreMatch.RequireTraining(store.Path, store.Manifest, teacher, models.Tokenizer.Fingerprint, train.MaxLength, train.Data.Task.Labels);
            store.RequireExamples(train);
            // All stages now, rather than the second after the first has been trained.
            store.Prepare(RecipeRequest.Of(recipe, train.Data.Task, store.Teacher, models));
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a recipe whose teacher says something else every time.</summary>
    public static void RequireNoDropout(Recipe recipe)
    {
        if (recipe.Teacher is { Dropout: true })
            throw new DecantException("The recipe leaves the teacher's dropout on (teacher.dropout: true), so that it says something else every time; a knowledge store holds what it says without. Set teacher.dropout: false, or knowledge: online.");
    }
}
