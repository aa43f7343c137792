using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.HiddenStates;
using Decant.Distillation.Planning;
using Decant.Distillation.Recipes;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.Students;
using Decant.Tests.Objectives;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Tests.Experiments;

/// <summary>Students narrower than their teacher: from a general-distilled checkpoint with its projection, and from scratch.</summary>
public sealed class NarrowStudentTests : IDisposable
{
    private const int Width = 14, TeacherWidth = 32;

    private readonly TinyRun tiny = new();
    private readonly string teacher, general;
    private readonly float[] weight = [.. Enumerable.Range(0, Width * TeacherWidth).Select(i => MathF.Sin(i))], bias = [.. Enumerable.Range(0, TeacherWidth).Select(i => MathF.Cos(i))];

    public NarrowStudentTests()
    {
        TinyRun.Run(tiny.Teacher());
        (teacher, general) = (Path.Combine(tiny.Folder, "teacher"), Path.Combine(tiny.Folder, "general"));
        var tokenizer = WordPieceTokenizer.Load(ModelLocation.Resolve(teacher));
        var config = new BertConfig { VocabSize = tokenizer.Vocabulary.Count, HiddenSize = Width, Layers = 2, Heads = 2, IntermediateSize = 20, MaxPositions = 64 };
        using var scope = new TensorScope();
        using var model = new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.1));
        ModelDirectory.Save(general, ModelKind.Encoder, config,
        [
            .. model.NamedParameters().Where(p => !p.Name.StartsWith("classifier.", StringComparison.Ordinal)),
            ("fit_dense.weight", Tensor.From(weight, TeacherWidth, Width)), ("fit_dense.bias", Tensor.From(bias, TeacherWidth)),
        ]);
        tokenizer.Save(general);
    }

    public void Dispose() => tiny.Dispose();

    [Theory]
    [InlineData("auto", "shared projection from the student's fit_dense")]
    [InlineData("new", "shared projection")]
    public void The_plan_says_where_the_projection_comes_from(string start, string note)
    {
        ExperimentPlan plan = new Planner(Student($"from: {general}", $"{{ projectionStart: {start} }}")).Plan();
        Assert.Contains(plan.Stages[0].Objectives, o => o.EndsWith(note + ")", StringComparison.Ordinal));
    }

    [Fact]
    public void The_projection_starts_from_the_checkpoints()
    {
        var projection = new StudentProjection(weight, bias, Width, TeacherWidth);
        using HiddenStatesObjective trained = Objective(projection), fresh = Objective(projection, ProjectionStart.New), other = Objective(projection with { TeacherWidth = 31 });
        Assert.Equal(weight, Parameter(trained, "projection.weight"));
        Assert.Equal(bias, Parameter(trained, "projection.bias"));
        Assert.NotEqual(weight, Parameter(fresh, "projection.weight"));
        Assert.Equal(Parameter(fresh, "projection.weight"), Parameter(other, "projection.weight"));
    }

    [Fact]
    public void A_narrow_student_learns_from_a_store_with_the_checkpoints_projection_and_without()
    {
        byte[] Train(string output, string start)
        {
            Recipe recipe = Student($"from: {general}", $"{{ projectionStart: {start} }}") with { Output = Path.Combine(tiny.Folder, output), Knowledge = Path.Combine(tiny.Folder, "knowledge") };
            new Teaching(recipe).Run(new TinyRun.Silent(), new Quiet());
            TinyRun.Run(recipe);
            return tiny.Weights(output);
        }
        byte[] trained = Train("trained", "auto");
        Assert.Equal(trained, Train("again", "auto"));
        Assert.NotEqual(trained, Train("fresh", "new"));
        // Of what is written the projection is no part: it is a student as any other.
        Assert.DoesNotContain("fit_dense", System.Text.Encoding.Latin1.GetString(trained));
    }

    [Theory]
    [InlineData(3, 12, 3)]
    [InlineData(1, 4, 1)]
    [InlineData(2, 48, 4)] // wider than the teacher
    public void Any_ratio_of_widths_works_from_scratch(int layers, int hidden, int heads)
    {
        Recipe recipe = Student($"config: {{ layers: {layers}, hidden: {hidden}, heads: {heads}, maxPositions: 64 }}", "{}") with { Output = Path.Combine(tiny.Folder, "scratch") };
        TinyRun.Run(recipe);
        BertConfig config = ModelLocation.Open(recipe.OutputFolder()).Config;
        Assert.Equal((layers, hidden, 4 * hidden), (config.Layers, config.HiddenSize, config.IntermediateSize));
    }

    private Recipe Student(string student, string hidden) => TinyRun.Recipe($$"""
        name: narrow
        task: { name: synthetic, synthetic: { train: 96, dev: 40 }, maxLength: 64 }
        teacher: { model: {{teacher}} }
        student: { {{student}} }
        stages: [ { name: hsk, steps: 4, batchSize: 16, objectives: { hiddenStates: {{hidden}} }, evaluate: { every: never, keep: last } } ]
        threads: 1
        """);

    private static HiddenStatesObjective Objective(StudentProjection projection, ProjectionStart start = ProjectionStart.Auto) =>
        new(new HiddenStatesOptions { ProjectionStart = start }, ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), new(4, TeacherWidth, 2), 2, Width) with { Projection = projection });

    private static float[] Parameter(HiddenStatesObjective objective, string name) => objective.Parameters.Single(p => p.Name == name).Tensor.ToArray<float>();

    private sealed class Quiet : IStoreBuildObserver;
}
