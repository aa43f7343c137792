using Decant.Distillation.Recipes;
using Decant.Distillation.Sweeps;
using Decant.Tests.Recipes;

namespace Decant.Tests.Sweeps;

/// <summary>A temporary folder with a small recipe and sweeps over it.</summary>
internal sealed class SweepFolder : IDisposable
{
    private const string Kd = """
        task: { name: synthetic }
        teacher: { model: t }
        student: { from: teacher, layers: first 2 }
        stages:
          - name: train
            epochs: 1
            objectives: { hardLabels: { weight: 0.5 }, softLabels: { weight: 0.5, temperature: 5 } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-sweep");

    public SweepFolder() => Write("kd.yaml", Kd);

    public string Output => Path.Combine(_folder.FullName, "out");

    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Six settings and three seeds.</summary>
    public Sweep Load(string name = "kd.sweep.yaml", string more = "") => Sweep.Load(Write(name, $$"""
        recipe: kd.yaml
        grid:
          - stages.train.objectives.softLabels.temperature: [5, 10, 40]
          - stages.train.objectives.softLabels.weight: [0.2, 0.7]
            stages.train.objectives.hardLabels.weight: [0.8, 0.3]
        seeds: [1, 2, 3]
        output: {{Output}}/{{name}}
        {{more}}
        """), TestObjectives.Catalog);

    /// <summary>Stands for training: best at temperature 10 and weight 0.7, and a little different for each seed.</summary>
    public static TrialResult Train(Recipe recipe)
    {
        var soft = (TestObjectives.SoftOptions)recipe.Stages[0].Objectives.Find("softLabels")!;
        double accuracy = 0.9 - Math.Abs(Math.Log10(soft.Temperature) - 1) / 10 + soft.Weight / 100 + recipe.Seeds.Single() / 1000.0;
        return new(new Dictionary<string, double> { ["accuracy"] = accuracy, ["loss"] = 1 - accuracy });
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
