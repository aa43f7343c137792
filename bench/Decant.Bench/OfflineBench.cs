using System.Diagnostics;
using System.Globalization;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;
using Decant.Distillation.Training;
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
/// Training beside the teacher against training from its store: hidden-state knowledge 1l_10t_0.1h and soft labels on SST-2, batch 32,
/// a 12-layer teacher with random weights. One process each, so that peak memory is that of the way alone:
/// <c>offline teach|online|offline|lengths TEACHER_WIDTH STUDENT_LAYERS STUDENT_WIDTH SEQUENCES STEPS DATA VOCABULARY STORE</c>.
/// <c>lengths</c> prints the lengths of the texts that are trained on, a batch a line, for a peer.
/// </summary>
internal static class OfflineBench
{
    private const int TeacherLayers = 12, Heads = 12;

    public static void Run(string[] args)
    {
        int[] sizes = [.. args[1..6].Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(args[7]);
        EncodedDataSet data = Load(args[6], sizes[3], tokenizer);
        StageOptions stage = Stage();
        if (args[0] == "lengths")
        {
            var batches = new BatchStream(data, stage, seed: 1);
            for (int step = 0; step < sizes[4]; step++) Console.WriteLine(string.Join(' ', batches.Parts(step).Single().Lengths));
            return;
        }
        using BertClassifier student = Model(sizes[1], sizes[2], tokenizer);
        using IKnowledgeSource knowledge = args[0] == "offline" ? KnowledgeStore.Open(args[8])
            : new OnlineTeacher(Model(TeacherLayers, sizes[0], tokenizer), 2, separatorId: tokenizer.Vocabulary.SeparatorId);
        using ObjectiveList objectives = KnownObjectives.Create(stage.Objectives, new ObjectiveSetup
        {
            Task = data.Data.Task, StudentLayers = student.Layers, StudentHiddenSize = student.HiddenSize, Teacher = knowledge.Teacher, Random = new RandomStream(1, "objectives"),
        });
        var loss = new LossSum(objectives, knowledge, data.Data.Task.Kind);
        if (args[0] == "teach") Teach(args[8], knowledge, loss.Needs, data, tokenizer.Fingerprint);
        else Train(args[0], student, loss, objectives, new BatchStream(data, stage, seed: 1), stage, sizes);
    }

    // A method of its own, so that nothing holds the texts that are not trained on.
    private static EncodedDataSet Load(string folder, int sequences, WordPieceTokenizer tokenizer)
    {
        DataSet all = Glue.Load("sst-2", folder, "train");
        return EncodedDataSet.Encode(new DataSet(all.Task, all.Split, [.. all.Examples.Take(sequences)], all.Source), tokenizer, 64);
    }

    private static void Teach(string path, IKnowledgeSource teacher, KnowledgeRequest request, EncodedDataSet data, string tokenizer)
    {
        var source = new StoreSource
        {
            Teacher = new StoreTeacher { Fingerprint = "bench", Layers = TeacherLayers, HiddenSize = teacher.Teacher.HiddenSize, Outputs = 2, Parameters = 0, Source = "random weights" },
            Tokenizer = tokenizer, Data = data, Request = request,
        };
        var builder = new StoreBuilder(path, source);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        StoreManifest manifest = builder.Build(teacher);
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"teach: {manifest.Records() / seconds:0.0} sequences per processor second, {(double)manifest.Bytes() / manifest.Records():0} bytes a record, {100.0 * manifest.Bytes() / builder.Estimate().FullBytes:0.###} % of all hidden states"));
    }

    private static void Train(string mode, BertClassifier student, LossSum loss, ObjectiveList objectives, BatchStream batches, StageOptions stage, int[] sizes)
    {
        const int Warm = 60;  // by then the runtime has compiled what is called once a step, with counters and then for good
        using IOptimizer optimizer = OptimizerFactory.Create(stage.Optimizer, student.NamedParameters().Concat(objectives.SelectMany(o => o.Objective.Parameters)));
        TrainingMemory.Shrink();
        var parallel = new DataParallel(student);
        var dropout = new Dropout(new RandomStream(1, "dropout"));
        var watch = new Stopwatch();
        TimeSpan before = default;
        int samples = 0;
        for (int step = 0; step < sizes[4] + Warm; step++)
        {
            if (step == Warm) (before, watch, samples) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew(), 0);
            using var scope = new TensorScope();
            TokenBatch tokens = batches.Parts(step).Single();
            samples += tokens.Examples;
            loss.Expect(batches.Ahead(step + 1).Single());
            TrainingBatch batch = TrainingBatch.Create(tokens);
            (Tensor total, _) = loss.Compute(parallel, batch, dropout);
            total.ToScalar();
            total.Backward();
            optimizer.Step(5e-5);
            optimizer.ZeroGrad();
            TrainingMemory.Tidy(step);
        }
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mode}: {samples / processor:0.0} samples per processor second, {samples / watch.Elapsed.TotalSeconds:0.0} samples/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB (teacher {TeacherLayers} x {sizes[0]}, student {sizes[1]} x {sizes[2]}, {TorchRuntime.Threads} threads)"));
    }

    private static BertClassifier Model(int layers, int hidden, WordPieceTokenizer tokenizer) => new(
        new BertConfig { VocabSize = tokenizer.Vocabulary.Count, Layers = layers, HiddenSize = hidden, Heads = hidden % 12 == 0 ? Heads : 6, IntermediateSize = hidden == 312 ? 1200 : 4 * hidden },
        2, new Initializer(new RandomStream(1, "weights"), 0.02));

    private static StageOptions Stage() => new RecipeFile(KnownObjectives.Catalog).Parse("""
        task: { name: synthetic }
        teacher: { model: none }
        student: { from: teacher }
        stages:
          - epochs: 1
            objectives:
              softLabels: { weight: 1, temperature: 1 }
              hiddenStates: { layers: t_top8, config: 1l_10t_0.1h }
        """).Stages[0];
}
