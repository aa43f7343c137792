using System.CommandLine;
using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Reports;

namespace Decant.Cli.Commands;

/// <summary><c>decant store inspect</c></summary>
internal sealed class StoreInspectCommand : CliCommand
{
    private readonly Argument<string> _store = new("store") { HelpName = "STORE", Description = "The folder of a knowledge store." };

    public StoreInspectCommand() : base("inspect", "Show what a knowledge store holds and what it was made from.") => Add(_store);

    public override IReadOnlyList<(string Line, string Meaning)> Examples => [("decant store inspect runs/sst-2.knowledge", "look at a store")];

    public override int Run(ParseResult arguments, Session session)
    {
        FactList.Write(session.Output, Facts(StoreManifest.Read(arguments.GetRequiredValue(_store))));
        return ExitCodes.Done;
    }

    private static List<KeyValuePair<string, string>> Facts(StoreManifest manifest)
    {
        StoreTeacher teacher = manifest.Teacher;
        List<KeyValuePair<string, string>> facts =
        [
            new("format", $"version {manifest.Version}, written by {manifest.Software}"),
            new("teacher", $"{teacher.Layers} layers × {teacher.HiddenSize}, {teacher.Outputs} outputs, from {teacher.Source}\n{teacher.Fingerprint}"),
        ];
        if (teacher.Metrics is { } metrics)
            facts.Add(new("dev", string.Join("  ", metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{Labels.Of(m.Key)} {m.Value:0.####}")))));
        facts.Add(new("tokenizer", manifest.Tokenizer));
        facts.Add(new("length", $"{manifest.MaxLength} tokens at most"));
        foreach (StoreData data in manifest.Data)
            facts.Add(new("data", string.Create(CultureInfo.InvariantCulture,
                $"{data.Task} {data.Split}, {data.Examples:N0} examples, {data.Sequences:N0} different sequences{(data.Parts > 1 ? $", part {data.Part} of {data.Parts}" : "")}, from {data.Source}\n{data.Fingerprint}")));
        facts.Add(new("request", string.Join('\n', manifest.Request)));
        facts.Add(new("values", $"{manifest.Values.ToString().ToLowerInvariant()}, compression {manifest.Compression.ToString().ToLowerInvariant()}"));
        facts.Add(new("size", manifest.Complete
            ? string.Create(CultureInfo.InvariantCulture, $"{manifest.Records():N0} records in {Units.Bytes(manifest.Bytes())}, {(double)manifest.Bytes() / Math.Max(1, manifest.Records()):0} bytes each, {manifest.Shards.Count} shards")
            : "not finished; go on with 'decant teach'"));
        return facts;
    }
}
