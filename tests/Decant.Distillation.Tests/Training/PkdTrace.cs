using System.Text.Json;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HardLabels;
using Decant.Distillation.Objectives.Patience;
using Decant.Distillation.Objectives.SoftLabels;
using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Distillation.Training.Checkpoints;
using Decant.Models.Bert;
using Decant.Tests.Knowledge;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Training;

/// <summary>What the released PKD code trained in the golden: its student, teacher, data and settings.</summary>
internal sealed class PkdTrace : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly JsonElement variant;
    private readonly IKnowledgeSource teacher;

    public PkdTrace(Golden golden, string tag, bool onlineTeacher = false)
    {
        Golden = golden;
        variant = golden.Settings.GetProperty("variants").EnumerateArray().Single(v => v.GetProperty("tag").GetString() == tag);
        Student = new BertClassifier(Config("student_layers"), Size("C"), Init());
        golden.Fill(Student.NamedParameters().Where(p => p.Name.StartsWith("bert.", StringComparison.Ordinal)), "w.pretrained.");
        golden.Fill(Student.NamedParameters().Where(p => p.Name.StartsWith("classifier.", StringComparison.Ordinal)), "w.student_classifier.");
        teacher = onlineTeacher ? Online() : Recorded();
        Data = IdText.Encode(Task(), Examples(), Size("T"));
        Stage = MakeStage();
        Objectives = KnownObjectives.Create(Stage.Objectives, new ObjectiveSetup
        {
            Task = Task(), StudentLayers = Student.Layers, StudentHiddenSize = Student.HiddenSize, Teacher = teacher.Teacher,
            Random = new RandomStream(1, "objectives"),
        });
        Loss = new LossSum(Objectives, teacher, TaskKind.SingleLabel);
    }

    public Golden Golden { get; }
    public BertClassifier Student { get; }
    public EncodedDataSet Data { get; }
    public StageOptions Stage { get; }
    public LossSum Loss { get; }
    public double Beta => Number("beta");
    private IReadOnlyList<(string Name, IObjective Objective)> Objectives { get; }

    public Trainer Trainer(RecordingModel model) => new(Stage, new TrainingSetup
    {
        Model = model, Train = Data, Dev = new Evaluator(Data), Loss = Loss, Objectives = Objectives,
        Checkpoint = new StageCheckpoint(folder.Root, "1-distil"), Seed = 1,
    });

    public void Dispose()
    {
        teacher.Dispose();
        Student.Dispose();
        folder.Dispose();
    }

    private StageOptions MakeStage()
    {
        double alpha = Number("alpha");
        var entries = new List<ObjectiveEntry>
        {
            new("hardLabels", new HardLabelsOptions { Weight = 1 - alpha }),
            new("softLabels", new SoftLabelsOptions { Weight = alpha, Temperature = Number("T"), Reduction = SoftReduction.MeanAll }),
        };
        if (variant.GetProperty("idx").GetString() is { } layers)
            entries.Add(new("patience", new PatienceOptions
            {
                Weight = Beta,
                Normalize = variant.GetProperty("norm").GetBoolean(),
                Layers = LayerMapRule.Listed(layers.Split(',').Select(l => int.Parse(l) + 1)), // the code counts from 0
            }));
        return new StageOptions
        {
            Name = "distil", Epochs = 1, BatchSize = Size("B"), Shuffle = false, Padding = PaddingMode.MaxLength,
            Objectives = new ObjectiveMap(entries),
            Optimizer = new OptimizerOptions { LearningRate = Number("lr"), Warmup = Number("warmup") },
            Evaluate = new EvaluateOptions { Every = Cadence.Never },
            Checkpoint = Cadence.Never,
        };
    }

    private RecordedTeacher Recorded() => new(Size("C"), Golden["in.teacher_logits"],
        [.. Enumerable.Range(0, Size("teacher_layers")).Select(l => Golden[$"in.teacher_cls.{l}"])]);

    private OnlineTeacher Online()
    {
        var model = new BertClassifier(Config("teacher_layers"), Size("C"), Init());
        Golden.Fill(model.NamedParameters(), "w.teacher.");
        return new OnlineTeacher(model, Size("C"));
    }

    private Example[] Examples()
    {
        int[] ids = Golden.Ints("in.input_ids"), types = Golden.Ints("in.token_type_ids"), mask = Golden.Ints("in.attention_mask"), labels = Golden.Ints("in.labels");
        int tokens = Size("T");
        return [.. labels.Select((label, e) =>
        {
            int[] real = [.. Enumerable.Range(e * tokens, tokens).Where(i => mask[i] == 1)];
            return new Example
            {
                Id = $"{e}",
                Text = IdText.Of(real.Where(i => types[i] == 0).Select(i => ids[i])),
                Pair = IdText.Of(real.Where(i => types[i] == 1).Select(i => ids[i])),
                ClassIndex = label,
            };
        })];
    }

    private TaskDefinition Task() => new()
    {
        Name = Golden.Settings.GetProperty("task").GetString()!, Kind = TaskKind.SingleLabel,
        Labels = [.. Enumerable.Range(0, Size("C")).Select(c => $"{c}")],
        Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy,
    };

    private BertConfig Config(string layers) => new()
    {
        VocabSize = Size("V"), HiddenSize = Size("H"), Layers = Size(layers), Heads = Size("A"), IntermediateSize = Size("F"),
        MaxPositions = Size("P"), HiddenDropout = 0, AttentionDropout = 0,
    };

    private int Size(string name) => Golden.Settings.GetProperty(name).GetInt32();

    private double Number(string name) => variant.GetProperty(name).GetDouble();

    private static Initializer Init() => new(new RandomStream(1, "weights"), 0.02);
}
