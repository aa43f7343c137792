using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Files;

namespace Decant.Cli.Commands;

/// <summary><c>decant distill</c></summary>
internal sealed class DistillCommand : CliCommand
{
    private readonly Argument<string> _teacher = new("teacher") { HelpName = "TEACHER", Description = "The fine-tuned teacher: a model folder, or the folder of its run." };
    private readonly Option<string> _student = new("--student")
    {
        HelpName = "MODEL", Description = "What the student is cut from: a pre-trained model, or 'teacher'.", DefaultValueFactory = _ => StudentOptions.FromTeacher,
    };
    private readonly Option<string> _method = new("--method") { HelpName = "NAME", Description = $"{string.Join(", ", ShortRecipe.Methods)}.", DefaultValueFactory = _ => "pkd-skip" };
    private readonly ShortFormOptions _options = new();

    public DistillCommand() : base("distill", "Distil a teacher into a smaller student.")
    {
        Add(_teacher);
        Add(_student);
        _options.Text(this, "--layers", "student.layers", "WHICH", "Layers that the student keeps: 'first 6', 'last 3' or a list such as '[0, 2, 4]'. Default: all.");
        Add(_method);
        CommonOptions.RequireOneOf(_method, ShortRecipe.Methods);
        _options.Number<double>(this, "--temperature", "stages.0.objectives.softLabels.temperature", "Softens both distributions. Default: 10.");
        _options.Number<double>(this, "--hard-labels", "stages.0.objectives.hardLabels.weight", "Weight of the true labels. Default: 0.5.");
        _options.Number<double>(this, "--soft-labels", "stages.0.objectives.softLabels.weight", "Weight of the teacher's labels. Default: 0.5.");
        _options.Number<double>(this, "--patience", "stages.0.objectives.patience.weight", "PKD: weight of the hidden states. Default: 100.");
        _options.AddTo(this, epochs: 4);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant distill runs/teacher --student models/bert-base-uncased --layers 'first 6' --train train.csv --dev dev.csv", "12 to 6 layers with PKD-Skip, on your own files"),
        ("decant distill runs/teacher --layers 'first 3' --method kd --temperature 5 --task sst-2 --data glue/SST-2", "vanilla distillation into the teacher's first three layers"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string method = arguments.GetRequiredValue(_method);
        return _options.Run(arguments, method,
            [("teacher.model", arguments.GetRequiredValue(_teacher)), ("student.from", arguments.GetRequiredValue(_student))],
            overrides => ShortRecipe.Distill(KnownObjectives.Catalog, method, overrides), session);
    }
}
