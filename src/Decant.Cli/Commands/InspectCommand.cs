using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;
using Decant.Models.Inspection;

namespace Decant.Cli.Commands;

/// <summary><c>decant inspect</c></summary>
internal sealed class InspectCommand : CliCommand
{
    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A model folder, or the folder of a finished run." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public InspectCommand() : base("inspect", "Show a model's layers, parameters by part, size and FLOPs.")
    {
        Add(_model);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant inspect models/bert-base-uncased", "a Hugging Face directory"),
        ("decant inspect runs/pkd-skip --json", "the best student of a run, for a program"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        ModelSummary model = ModelSummary.Of(ModelLocation.Resolve(arguments.GetRequiredValue(_model)));
        if (arguments.GetValue(_json)) WriteJson(model, session);
        else WriteText(model, session);
        return ExitCodes.Done;
    }

    private static void WriteText(ModelSummary model, Session session)
    {
        FactList.Write(session.Output,
        [
            new("Model", model.Path),
            new("Class", model.Kind?.ToString() ?? "not told"),
            new("Layers", Text(model.Config.Layers)),
            new("Hidden size", $"{model.Config.HiddenSize}, {ShapeText.Heads(model.Config)} heads of {model.Config.HeadSize}"),
            new("Feed-forward", $"{ShapeText.FeedForward(model.Config)}, {model.Config.HiddenActivation}"),
            .. model.Branches is { } branches ? (KeyValuePair<string, string>[])[new("Classifiers", $"{branches.Width} wide, {branches.Heads} {(branches.Heads == 1 ? "head" : "heads")}, on every layer")] : [],
            new("Vocabulary", Text(model.Config.VocabSize) + (model.Config.EmbeddingRank is { } rank ? $", factors of rank {Text(rank)}" : "")),
            new("Positions", Text(model.Config.MaxPositions)),
            .. model.Labels.Count > 0 ? (KeyValuePair<string, string>[])[new("Labels", string.Join(", ", model.Labels))] : [],
            new("Weights", string.Join(", ", model.DTypes)),
        ]);
        session.Output.WriteLine();
        session.Output.Write(new TextTable(["Part", "Tensors", "Parameters", "Share", "Size"],
        [
            .. model.Parts.Select(part => Row(part.Name, part.Tensors, part.Parameters, part.Bytes, model.Parameters)),
            Row("all", model.Parts.Sum(part => part.Tensors), model.Parameters, model.Bytes, model.Parameters),
        ]).ToText());
        session.Output.WriteLine();
        session.Output.Write(new TextTable(["Tokens", "FLOPs"],
            [.. model.Flops.Select(cost => (IReadOnlyList<TextCell>)[new(Text(cost.Key)), new(Units.Count(cost.Value))])]).ToText());
    }

    private static IReadOnlyList<TextCell> Row(string part, int tensors, long parameters, long bytes, long all) =>
    [
        new(part), new(Text(tensors)), new(parameters.ToString("N0", CultureInfo.InvariantCulture)),
        new((100.0 * parameters / Math.Max(1, all)).ToString("0.0", CultureInfo.InvariantCulture) + " %"), new(Units.Bytes(bytes)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteJson(ModelSummary model, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", model.Path);
        writer.WriteString("class", model.Kind?.ToString());
        writer.WritePropertyName("config");
        JsonSerializer.Serialize(writer, model.Config with { Other = null });
        if (model.Branches is { } branches)
        {
            writer.WriteStartObject("classifiers");
            writer.WriteNumber("width", branches.Width);
            writer.WriteNumber("heads", branches.Heads);
            writer.WriteEndObject();
        }
        writer.WriteStartArray("labels");
        foreach (string label in model.Labels) writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteStartArray("parts");
        foreach (ModelPart part in model.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteNumber("tensors", part.Tensors);
            writer.WriteNumber("parameters", part.Parameters);
            writer.WriteNumber("bytes", part.Bytes);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("parameters", model.Parameters);
        writer.WriteNumber("bytes", model.Bytes);
        writer.WriteStartObject("flops");
        foreach ((int length, double flops) in model.Flops) writer.WriteNumber(Text(length), flops);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
