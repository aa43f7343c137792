using Decant.Distillation.Runs;

namespace Decant.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly RunsOnDisk runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_finished_run_tells_where_its_best_model_is()
    {
        RunFolder run = runs.Write("student", scores: [new() { ["accuracy"] = 0.7 }, new() { ["accuracy"] = 0.9 }]);
        Assert.Equal(runs.Path("student/seed-2/model"), run.BestModel);
        Assert.Equal(("student", "sst-2", 2), (run.Result.Name, run.Result.Task, run.Recipe.Task.MaxLength / 64));
        Assert.Null(run.TeacherModel);
        Assert.Null(run.Environment);
    }

    [Fact]
    public void The_teacher_is_a_model_a_run_or_the_recipes_own()
    {
        runs.Write("teacher", scores: [new() { ["accuracy"] = 0.9 }, new() { ["accuracy"] = 0.95 }]);
        Assert.Equal(runs.Path("teacher/seed-2/model"), runs.Write("a", $"{{ model: {runs.Path("teacher")} }}").TeacherModel);
        Assert.Equal(runs.Path("teacher/seed-1/model"), runs.Write("b", $"{{ model: {runs.Path("teacher/seed-1/model")} }}").TeacherModel);
        Assert.Equal(runs.Path("c/teacher/model"), runs.Write("c", "{ from: models/bert, finetune: { epochs: 1, objectives: { hardLabels: {} } } }").TeacherModel);
        // One that was moved away is still named.
        Assert.Equal("gone/teacher", runs.Write("d", "{ model: gone/teacher }").TeacherModel);
    }

    [Fact]
    public void What_is_no_finished_run_is_refused()
    {
        Assert.Equal($"{runs.Path("none")} does not exist. Name the folder of a run.", Refusal("none"));
        runs.File("empty/notes.txt", "");
        Assert.Equal($"{runs.Path("empty")} is no run: it holds no recipe.yaml. Name a folder that decant run wrote.", Refusal("empty"));
        runs.Write("running");
        File.Delete(runs.Path("running/result.json"));
        Assert.Equal($"The run in {runs.Path("running")} is not finished. Go on with: decant run {runs.Path("running/recipe.yaml")} --resume", Refusal("running"));
        runs.Write("damaged");
        runs.File("damaged/result.json", "{");
        Assert.Contains("damaged/result.json", Refusal("damaged"));
    }

    private string Refusal(string name) => Assert.Throws<DecantException>(() => RunFolder.Open(runs.Path(name))).Message;
}
