using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes.Files;

namespace Decant.Cli.Commands;

/// <summary><c>decant finetune</c></summary>
internal sealed class FinetuneCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "The pre-trained model, a Hugging Face directory." };
    private readonly ShortFormOptions _options = new();

    public FinetuneCommand() : base("finetune", "Fine-tune a model on a task or on your own files: a teacher, or a student without one.")
    {
        Add(_model);
        _options.Text(this, "--layers", "student.layers", "WHICH", "Layers that are kept: all, 'first 6', 'last 3' or a list such as '[0, 2, 4]'. Default: all.");
        _options.AddTo(this, epochs: 3);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant finetune models/bert-base-uncased --train train.csv --dev dev.csv -o runs/teacher", "a teacher on your own files"),
        ("decant finetune models/bert-base-uncased --task rte --data glue/RTE --layers 'first 6' --seeds 1 2 3", "a 6-layer model on RTE, three seeds"),
        ("decant finetune models/bert-base-uncased --task rte --data glue/RTE --print-recipe > rte.yaml", "a recipe to go on from"),
    ];

    public override int Run(ParseResult arguments, Session session) => _options.Run(arguments, "finetune",
        [("student.from", arguments.GetRequiredValue(_model))],
        overrides => ShortRecipe.Finetune(KnownObjectives.Catalog, overrides), session);
}
