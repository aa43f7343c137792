using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

/// <summary>The rules that span several keys of a recipe.</summary>
public class RecipeRulesTests
{
    [Theory]
    [InlineData("task={ name: sst-2 }", "task.data is missing; name the folder with the task's files.")]
    [InlineData("task={ name: own, dev: d.csv }", "task.train is missing; name the file with the training examples.")]
    [InlineData("task={ name: own, train: t.csv }", "task.dev is missing; name the file with the examples on which the best model is chosen.")]
    [InlineData("task={ name: rte, data: d, test: t }", "task.test is only for a task named 'own'; a known task takes its files from 'data'.")]
    [InlineData("task={ name: rte, data: d, synthetic: {} }", "task.synthetic is only for a task named 'synthetic'.")]
    [InlineData("task={ name: own, train: t, dev: d, kind: multipleChoice }", "task.kind cannot be multipleChoice for own files; only RACE has that form.")]
    [InlineData("task={ name: own, train: t, dev: d, labels: [a, a] }", "task.labels names a label twice.")]
    [InlineData("task={ name: rte, data: d, metric: acuracy }", "task.metric is 'acuracy', which is no metric. Did you mean 'accuracy'? Valid metrics: accuracy,")]
    [InlineData("task={ name: sst2, data: d }", "task.name must be one of own, synthetic, cola, sst-2,")]
    [InlineData("task={}", "task.name is missing.")]
    [InlineData("task.maxLength=513", "task.maxLength must be a whole number from 8 to 512, but is 513.")]
    [InlineData("teacher={}", "teacher needs either 'model' (a fine-tuned teacher) or 'from' with 'finetune'")]
    [InlineData("teacher={ model: a, from: b }", "teacher needs either 'model'")]
    [InlineData("teacher={ from: b }", "teacher.finetune is missing; describe the stage that fine-tunes 'from'.")]
    [InlineData("student={}", "student needs either 'from' (a model to cut the student from) or 'config'")]
    [InlineData("student={ from: teacher }", "student.from is 'teacher', but the recipe has no teacher; add the teacher section or give the path of a model.")]
    [InlineData("student.layers=first 2", "student.layers chooses layers of 'from'; for a student from scratch set config.layers.")]
    [InlineData("student.config.heads=5", "student.config.heads is 5, which does not divide hidden 64.")]
    [InlineData("student.dropout=1", "student.dropout must be a number from 0 to below 1, but is 1.")]
    [InlineData("stages=[]", "stages needs 1 or more entries, but has 0.")]
    [InlineData("stages=[{ epochs: 1, objectives: { hardLabels: {} } }, { epochs: 1, objectives: { hardLabels: {} } }]", "stages has two stages named 'train'; give each its own name.")]
    [InlineData("stages.0.steps=3", "stages.0 needs either 'epochs' or 'steps', and not both.")]
    [InlineData("stages.0.epochs=-1", "stages.0.epochs must be a number above 0 to 10000, but is -1.")]
    [InlineData("stages.0.accumulate=5", "stages.0.accumulate is 5, which does not divide batchSize 32.")]
    [InlineData("stages.0.optimizer.betas=[0.9]", "stages.0.optimizer.betas needs exactly 2 entries, but has 1.")]
    [InlineData("stages.0.optimizer.betas=[0.9, 1]", "stages.0.optimizer.betas must be a list, each entry a number from 0 to below 1, but has the entry 1.")]
    [InlineData("stages.0.optimizer.warmup=1", "stages.0.optimizer.warmup must be a number from 0 to below 1, but is 1.")]
    [InlineData("stages.0.optimizer.name=adam", "stages.0.optimizer.name must be one of bertAdam, adamW, but is 'adam'. Did you mean 'adamW'?")]
    [InlineData("seeds=[-1]", "seeds must be a list, each entry a whole number from 0, but has the entry -1.")]
    [InlineData("name=../up", "name must be a name of letters, digits, '.', '-' and '_', but is '../up'.")]
    [InlineData("knowledge=\"\"", "knowledge must be 'online' or the path of a knowledge store.")]
    public void A_broken_rule_names_its_key_and_what_to_do(string set, string message)
    {
        const string Yaml = """
            task: { name: synthetic }
            student: { config: { layers: 2, hidden: 64, heads: 2 } }
            stages: [{ epochs: 1, objectives: { hardLabels: {} } }]
            """;
        RecipeFile files = new(TestObjectives.Catalog);
        Assert.NotNull(files.Parse(Yaml));
        RecipeException e = Assert.Throws<RecipeException>(() => files.Parse(Yaml, "r.yaml", RecipeOverride.Parse(set)));
        Assert.Contains(e.Problems, p => p.Contains($": {message}", StringComparison.Ordinal));
    }
}
