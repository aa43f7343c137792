using Decant.Distillation.Recipes;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Models.Students;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Distillation.Experiments;

/// <summary>Makes the models of a recipe and refuses what does not fit together.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="task">Its task.</param>
/// <param name="paths">Its run folder, where a teacher that it fine-tunes is put.</param>
public sealed class ModelSet(Recipe recipe, TaskSplits task, RunPaths paths)
{
    private WordPieceTokenizer? tokenizer;
    private ModelDirectory? studentCheckpoint;
    private Looked? projection;

    /// <summary>The tokenizer that teacher and student share.</summary>
    /// <exception cref="DecantException">They have different vocabularies.</exception>
    public WordPieceTokenizer Tokenizer => tokenizer ??= LoadTokenizer();

    /// <summary>Where the teacher is, or will be once it is fine-tuned; null without one.</summary>
    public string? TeacherFolder => recipe.Teacher is not { } teacher ? null
        : teacher.Model is { } model ? ModelLocation.Resolve(model) : paths.Teacher.Model;

    /// <summary>Where the trained teacher is; null without one, and where it is not on this machine or not trained yet.</summary>
    public string? LocalTeacherFolder => recipe.Teacher is { } teacher && Directory.Exists(teacher.Model ?? paths.Teacher.Model) ? TeacherFolder : null;

    /// <summary>The projection to the teacher's width that the student's checkpoint carries; null where it has none.</summary>
    public StudentProjection? Projection => StudentCheckpoint is { } checkpoint ? (projection ??= new(StudentProjection.Read(checkpoint))).Found : null;

    /// <summary>The checkpoint that <c>student.from</c> names; null for a student from scratch or from the recipe's teacher.</summary>
    public ModelDirectory? StudentCheckpoint => recipe.Student.From is null or StudentOptions.FromTeacher ? null : studentCheckpoint ??= ModelLocation.Open(recipe.Student.From);

    /// <summary>The checkpoint that a teacher which the recipe fine-tunes starts from; null where there is none.</summary>
    public ModelDirectory? TeacherCheckpoint => recipe.Teacher?.From is { } from ? ModelLocation.Open(from) : null;

    /// <summary>A fresh student: its new weights depend on the seed alone.</summary>
    /// <param name="seed">The run's seed.</param>
    public IClassifier NewStudent(int seed)
    {
        StudentOptions student = recipe.Student;
        Models.Bert.HeadKind head = HeadOf(student.Head);
        if (student.FastBert is not null && task.Train.Task.Kind != Text.Data.TaskKind.SingleLabel)
            throw new DecantException($"student.fastBert leaves early where one label of several is sure; {task.Train.Task.Name} is {task.Train.Task.Kind}.");
        if (student.Config is { } sizes)
        {
            BertConfig config = FromScratch(sizes, student.Dropout);
            if (student.FastBert is { } branches) return new FastBertClassifier(config, ShapeOf(branches), task.Train.Task.Outputs, Init(seed, config.InitializerRange));
            var made = new BertClassifier(config, task.Train.Task.Outputs, Init(seed, config.InitializerRange), head);
            if (sizes.SinusoidalPositions) SinusoidalPositions.Fill(made.Encoder.PositionEmbeddings, config.InitializerRange);
            return made;
        }
        ModelDirectory source = StudentCheckpoint ?? ModelDirectory.Open(TeacherFolder!);
        int[] layers = student.Layers.Resolve(source.Config.Layers);
        if (student.FastBert is { } fast)
            return FastBertLoader.Start(source, layers, ShapeOf(fast), task.Train.Task.Outputs, Init(seed, source.Config.InitializerRange), student.Dropout).Model;
        bool keep = student.Classifier == ClassifierStart.Keep;
        if (keep) LabelCheck.Require(source, task.Train.Task);
        return StudentFactory.FromLayers(source, layers, task.Train.Task.Outputs, Init(seed, source.Config.InitializerRange), student.Dropout, head, keep).Student;
    }

    /// <summary>A teacher to be fine-tuned by the recipe.</summary>
    /// <param name="seed">The seed of its new weights.</param>
    public BertClassifier NewTeacher(int seed)
    {
        ModelDirectory source = TeacherCheckpoint!;
        return BertLoader.StartClassifier(source, task.Train.Task.Outputs, Init(seed, source.Config.InitializerRange), HeadOf(recipe.Teacher!.Head)).Model;
    }

    /// <summary>The fine-tuned teacher.</summary>
    /// <exception cref="DecantException">It is not there, or was trained for other labels.</exception>
    public IClassifier LoadTeacher()
    {
        ModelDirectory directory = ModelDirectory.Open(TeacherFolder!);
        LabelCheck.Require(directory, task.Train.Task);
        return ClassifierLoader.Load(directory);
    }

    /// <summary>Writes a trained model in Hugging Face form, tokenizer included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">Where.</param>
    public void Save(IClassifier model, string folder)
    {
        TaskDefinition definition = task.Train.Task;
        var fast = model as FastBertClassifier;
        ModelDirectory.Save(folder,
            fast is not null ? ModelKind.FastBert : definition.Kind == Text.Data.TaskKind.MultipleChoice ? ModelKind.MultipleChoice : ModelKind.SequenceClassification,
            model.Config, model.NamedParameters(),
            definition.Labels.Count > 0 ? new ModelLabels(definition.Labels) : null,
            definition.Kind switch
            {
                Text.Data.TaskKind.Regression => ProblemType.Regression,
                Text.Data.TaskKind.MultiLabel => ProblemType.MultiLabel,
                Text.Data.TaskKind.SingleLabel => ProblemType.SingleLabel,
                _ => null,
            }, (model as BertClassifier)?.Head ?? Models.Bert.HeadKind.Bert, fast?.Shape);
        Tokenizer.Save(folder);
    }

    // Remembers that nothing was found, too.
    private sealed record Looked(StudentProjection? Found);

    private WordPieceTokenizer LoadTokenizer()
    {
        string? teacher = TeacherSource();
        string? student = recipe.Student.Config is { } sizes ? sizes.Vocabulary : recipe.Student.From == StudentOptions.FromTeacher ? teacher : ModelLocation.Resolve(recipe.Student.From!);
        if (student is null && teacher is null)
            return task.Vocabulary is { } pieces
                ? new WordPieceTokenizer(new Vocabulary(pieces))
                : throw new DecantException("The student is made from scratch and has no vocabulary; set student.config.vocabulary to a vocab.txt or a model folder.");
        WordPieceTokenizer chosen = WordPieceTokenizer.Load(student ?? teacher!);
        if (teacher is not null && student is not null && student != teacher && WordPieceTokenizer.Load(teacher).Fingerprint != chosen.Fingerprint)
            throw new DecantException($"Teacher ({teacher}) and student ({student}) read text differently: their vocabularies or tokenizer options differ. Distillation compares them token by token, so use models of one vocabulary.");
        return chosen;
    }

    // Training from a store needs no teacher on this machine.
    private string? TeacherSource() =>
        (recipe.Teacher?.Model ?? recipe.Teacher?.From) is { } path && (recipe.IsOnline() || Directory.Exists(path)) ? ModelLocation.Resolve(path) : null;

    private BertConfig FromScratch(StudentConfig sizes, double dropout) => new BertConfig
    {
        VocabSize = Tokenizer.Vocabulary.Count,
        HiddenSize = sizes.Hidden,
        Layers = sizes.Layers,
        Heads = sizes.Heads,
        IntermediateSize = sizes.Intermediate == 0 ? 4 * sizes.Hidden : sizes.Intermediate,
        MaxPositions = sizes.MaxPositions,
        InitializerRange = sizes.InitializerRange,
        HiddenDropout = dropout,
        AttentionDropout = dropout,
        PadTokenId = Tokenizer.Vocabulary.PaddingId,
    }.Validate("student.config");

    private static BranchShape ShapeOf(FastBertOptions options) => new(options.Width, options.Heads);

    private static Initializer Init(int seed, double deviation) => new(new RandomStream((ulong)seed, "weights"), deviation);

    private static Models.Bert.HeadKind HeadOf(Recipes.HeadKind head) =>
        head == Recipes.HeadKind.Relu ? Models.Bert.HeadKind.Relu : Models.Bert.HeadKind.Bert;
}
