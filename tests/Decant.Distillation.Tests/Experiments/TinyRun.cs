using Decant.Distillation.Experiments;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Training;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>Recipes small enough to train in a second, in a folder that goes away.</summary>
internal sealed class TinyRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("decant-").FullName;

    public Recipe Teacher(string output = "teacher", string extra = "") => Recipe($$"""
        name: teacher
        task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
        student: { config: { layers: 4, hidden: 32, heads: 2, intermediate: 64, maxPositions: 64 } }
        stages:
          - name: train
            epochs: 2
            batchSize: 16
            optimizer: { learningRate: 1e-3 }
            objectives: { hardLabels: {} }
        output: {{Path.Combine(Folder, output)}}
        threads: 1
        {{extra}}
        """);

    public Recipe Student(string output = "student", string teacher = "teacher") => Recipe($$"""
        name: student
        task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
        teacher: { model: {{Path.Combine(Folder, teacher)}} }
        student: { from: teacher, layers: first 2 }
        stages:
          - name: distil
            epochs: 2
            batchSize: 16
            objectives: { hardLabels: { weight: 0.5 }, softLabels: {}, patience: {} }
        seeds: [1, 2]
        output: {{Path.Combine(Folder, output)}}
        threads: 1
        """);

    public static Recipe Recipe(string yaml) => new RecipeFile(KnownObjectives.Catalog).Parse(yaml);

    public static RunResult Run(Recipe recipe, bool resume = false, CancellationToken stop = default, IExperimentObserver? observer = null) =>
        new Experiment(recipe, observer ?? new Silent()).Run(resume, stop);

    public byte[] Weights(string run, int seed = 1) =>
        File.ReadAllBytes(Path.Combine(new RunPaths(Path.Combine(Folder, run)).Seed(seed).Model, "model.safetensors"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public class Silent : IExperimentObserver
    {
        public List<string> Warnings { get; } = [];
        public void Warned(string message) => Warnings.Add(message);
    }

    /// <summary>The losses of the stages of one objective; stops the run after some updates of any stage.</summary>
    public sealed class Losses(string objective, int stopAt = 0, CancellationTokenSource? stop = null) : Silent, IExperimentObserver
    {
        private int updates;

        public List<double> Values { get; } = [];

        void ITrainingObserver.Updated(UpdateReport update)
        {
            if (update.Terms[0].Key == objective) Values.Add(update.Loss);
            if (++updates == stopAt) stop!.Cancel();
        }
    }
}
