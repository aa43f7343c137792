using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Runs;

/// <summary>
/// The whole way in a few minutes, on text made on the spot: a teacher, a student trained without it, the teacher's knowledge written down once,
/// students trained from that by vanilla distillation and by PKD-Skip, and a report that compares them.
/// </summary>
public sealed class Quickstart
{
    private static readonly string[] Names = ["teacher", "finetune", "kd", "pkd-skip"];

    /// <summary>Reads its recipes.</summary>
    /// <param name="recipes">The folder with <c>teacher.yaml</c>, <c>finetune.yaml</c>, <c>kd.yaml</c> and <c>pkd-skip.yaml</c>.</param>
    /// <param name="output">Folder of the runs and the report.</param>
    /// <param name="overrides">Values set over each recipe. Default: none.</param>
    /// <exception cref="DecantException">A recipe is missing or wrong.</exception>
    public Quickstart(string recipes, string output, params IEnumerable<RecipeOverride> overrides)
    {
        Output = output;
        var files = new RecipeFile(KnownObjectives.Catalog);
        Recipes = [.. Names.Select(name => files.Load(Path.Combine(recipes, $"{name}.yaml"), [.. overrides, .. Places(name, output)]))];
    }

    /// <summary>Folder of the runs and the report.</summary>
    public string Output { get; }

    /// <summary>Path of the report.</summary>
    public string Report => Path.Combine(Output, "report.html");

    /// <summary>Folder of the knowledge store from which the students are taught.</summary>
    public string Knowledge => KnowledgeIn(Output);

    /// <summary>What is run, in this order.</summary>
    public IReadOnlyList<Recipe> Recipes { get; }

    /// <summary>Runs all recipes, measures the models, and writes the report.</summary>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="teaching">Is told how the knowledge store gets on.</param>
    /// <param name="starting">Hears of each recipe before it runs.</param>
    /// <param name="resume">Keeps what an earlier call finished.</param>
    /// <param name="stop">Cancels; the state is saved first.</param>
    /// <returns>Teacher and students side by side.</returns>
    public ComparisonTable Run(IExperimentObserver observer, IStoreBuildObserver teaching, Action<Recipe>? starting = null, bool resume = false, CancellationToken stop = default)
    {
        var runs = new List<RunFolder>();
        foreach (Recipe recipe in Recipes)
        {
            starting?.Invoke(recipe);
            new Experiment(recipe, observer).Run(resume, stop);
            runs.Add(RunFolder.Open(recipe.OutputFolder()));
            if (recipe == Recipes[0]) Teach(observer, teaching, resume, stop);
        }
        stop.ThrowIfCancellationRequested();
        RunTiming timing = RunTiming.Measure(runs, rounds: 3);
        ComparisonTable table = RunComparison.Of(runs, timing.SecondsOf, timing.Of);
        RunReport.Write(Report, runs, table, "Quickstart");
        return table;
    }

    // The last recipe needs what the others need, and more: one store serves them all.
    private void Teach(IExperimentObserver observer, IStoreBuildObserver teaching, bool resume, CancellationToken stop)
    {
        if (!resume && Directory.Exists(Knowledge)) Directory.Delete(Knowledge, recursive: true); // of an earlier teacher
        new Teaching(Recipes[^1], Knowledge, new StoreBuildOptions { Values = StoreValues.Float32 }).Run(observer, teaching, stop);
    }

    private static string KnowledgeIn(string output) => Path.Combine(output, "knowledge");

    private static IEnumerable<RecipeOverride> Places(string name, string output)
    {
        yield return Text("output", Path.Combine(output, name));
        if (name is not ("kd" or "pkd-skip")) yield break;
        yield return Text("teacher.model", Path.Combine(output, "teacher"));
        yield return Text("knowledge", KnowledgeIn(output));
    }

    private static RecipeOverride Text(string key, string value) =>
        new(key, new RecipeScalar(value, IsQuoted: true, new RecipeOrigin("quickstart", 0)), "quickstart");
}
