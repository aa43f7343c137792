using System.Diagnostics;
using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Parallel;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Bench;

/// <summary>
/// Training samples a second of a PKD student on SST-2, batch 32: one step is student forward, the three losses, backward and BertAdam;
/// the teacher's knowledge is there already, as in the paper's code, or with --teacher a 12-layer teacher of the same width runs beside it.
/// Prints the lengths of its batches with --lengths, so that a peer can train on the same shapes.
/// </summary>
internal static class TrainingBench
{
    private const int BatchSize = 32, TeacherLayers = 12;

    public static void Run(string[] args)
    {
        string data = args[0], vocabulary = args[1];
        int layers = int.Parse(args[2], CultureInfo.InvariantCulture), hidden = int.Parse(args[3], CultureInfo.InvariantCulture);
        int steps = int.Parse(args[4], CultureInfo.InvariantCulture);
        DataSet train = Glue.Load("sst-2", data, "train");
        EncodedDataSet encoded = EncodedDataSet.Encode(train, WordPieceTokenizer.Load(vocabulary), 128);
        StageOptions stage = Stage();
        var batches = new BatchStream(encoded, stage, seed: 1);
        if (args.Contains("--lengths"))
        {
            for (int step = 0; step < steps; step++) Console.WriteLine(batches.Parts(step).Single().Length);
            return;
        }
        Measure(new BertConfig { Layers = layers, HiddenSize = hidden, Heads = hidden / 64, IntermediateSize = 4 * hidden }, stage, batches, steps, train.Task, args.Contains("--teacher"));
    }

    private static void Measure(BertConfig config, StageOptions stage, BatchStream batches, int steps, TaskDefinition task, bool online)
    {
        var init = new Initializer(new RandomStream(1, "weights"), 0.02);
        using IKnowledgeSource teacher = online
            ? new OnlineTeacher(new BertClassifier(config with { Layers = TeacherLayers }, 2, init), 2)
            : new FixedTeacher(new TeacherShape(TeacherLayers, config.HiddenSize, 2));
        using var student = new BertClassifier(config, 2, init);
        var objectives = KnownObjectives.Create(stage.Objectives, new ObjectiveSetup
        {
            Task = task, StudentLayers = config.Layers, StudentHiddenSize = config.HiddenSize, Teacher = teacher.Teacher, Random = new RandomStream(1, "objectives"),
        });
        var loss = new LossSum(objectives, teacher, task.Kind);
        using IOptimizer optimizer = OptimizerFactory.Create(stage.Optimizer, student.NamedParameters());
        var parallel = new DataParallel(student);
        var dropout = new Dropout(new RandomStream(1, "dropout"));
        var watch = new Stopwatch();
        TrainingMemory.Shrink();
        for (int step = -5; step < steps; step++)
        {
            if (step == 0) watch.Start(); // the first steps warm up
            using var scope = new TensorScope();
            TrainingBatch batch = TrainingBatch.Create(batches.Parts(Math.Max(0, step)).Single());
            (Tensor total, _) = loss.Compute(parallel, batch, dropout);
            total.ToScalar();
            total.Backward();
            optimizer.Step(5e-5);
            optimizer.ZeroGrad();
            TrainingMemory.Tidy(step);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"decant {config.Layers}x{config.HiddenSize}{(online ? $" with a running teacher of {TeacherLayers} layers" : "")}, threads {TorchRuntime.Threads}: {steps * BatchSize / watch.Elapsed.TotalSeconds:0.0} samples/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
    }

    private static StageOptions Stage() => new RecipeFile(KnownObjectives.Catalog).Parse("""
        task: { name: synthetic }
        teacher: { model: none }
        student: { from: teacher }
        stages:
          - epochs: 1
            objectives:
              hardLabels: { weight: 0.5 }
              softLabels: { weight: 0.5, temperature: 10 }
              patience: { weight: 100 }
        """).Stages[0];

    /// <summary>Knowledge that is there already: the same random states for every batch.</summary>
    private sealed class FixedTeacher(TeacherShape shape) : IKnowledgeSource
    {
        private readonly Dictionary<HiddenStateRequest, Tensor> states = [];
        private Tensor? logits;

        public TeacherShape Teacher => shape;

        public void Prepare(KnowledgeRequest request)
        {
            var init = new Initializer(new RandomStream(2, "teacher"), 1);
            logits = init.Normal(BatchSize, shape.Outputs);
            foreach (HiddenStateRequest wanted in request.HiddenStates) states[wanted] = init.Normal(BatchSize, shape.HiddenSize);
        }

        public TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request)
        {
            long rows = batch.Tokens.Examples;
            return new TeacherKnowledge(logits!.Narrow(0, 0, rows), states.ToDictionary(s => s.Key, s => SelectedHiddenState.OfCls(s.Value.Narrow(0, 0, rows))));
        }

        public void Dispose() { }
    }
}
