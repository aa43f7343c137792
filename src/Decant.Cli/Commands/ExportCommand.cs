using System.CommandLine;
using System.CommandLine.Parsing;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Distillation.Reports;
using Decant.Export;
using Decant.Export.Checks;
using Decant.Export.HuggingFace;
using Decant.Text.Data;
using Decant.Text.Tokenization;

namespace Decant.Cli.Commands;

/// <summary><c>decant export</c></summary>
internal sealed class ExportCommand : CliCommand
{
    private const string Onnx = "onnx", HuggingFace = "hf";

    private static readonly Dictionary<string, ExportPrecision> Precisions = new()
    {
        ["float32"] = ExportPrecision.Float32, ["float16"] = ExportPrecision.Float16, ["int8"] = ExportPrecision.Int8,
    };

    private readonly Argument<string> _model = new("model") { HelpName = "MODEL", Description = "A model folder, or the folder of a finished run." };
    private readonly Option<string> _to = new("--to") { HelpName = "FORM", Required = true, Description = "hf: a Hugging Face folder with onnx/model.onnx in it; onnx: that file alone." };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "PATH", Description = "The folder (hf) or file (onnx). Default: hf, or model.onnx, in MODEL." };
    private readonly Option<string[]> _dtype = new("--dtype")
    {
        HelpName = "TYPE", AllowMultipleArgumentsPerToken = true, Description = "float32, float16 or int8. Several with hf, where float32 is always there. Default: float32.",
    };
    private readonly Option<int?> _bits = new("--weight-bits") { HelpName = "N", Description = "7 or 8: bits of int8 weights. With 8, x86 processors without VNNI give other answers. Default: 7." };
    private readonly Option<double?> _tolerance = new("--tolerance") { HelpName = "X", Description = "Largest difference allowed, relative to the largest output. Default: 1e-4, 0.02, 0.25 by type." };
    private readonly DataArguments _data = new(split: "dev");
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: the run's, or what the model can read." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files of a folder that is there." };
    private readonly Option<bool> _steps = new("--steps") { Description = "With onnx: a FastBERT as a folder of files, one for each layer, to leave early. hf always has them." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ExportCommand() : base("export", "Write a model as ONNX or as a Hugging Face folder, checked against the model over the same examples.")
    {
        Add(_model);
        Add(_to);
        Add(_output);
        Add(_dtype);
        Add(_bits);
        Add(_tolerance);
        _data.AddTo(this);
        Add(_maxLength);
        Add(_overwrite);
        Add(_steps);
        Add(_json);
        CommonOptions.RequireOneOf(_to, [HuggingFace, Onnx]);
        CommonOptions.RequireAtLeast(_maxLength, 4);
        _dtype.CompletionSources.Add([.. Precisions.Keys]);
        _dtype.Validators.Add(RequireTypes);
        Validators.Add(result =>
        {
            if (result.GetValue(_to) == Onnx && result.GetValue(_dtype) is { Length: > 1 }) result.AddError("--to onnx writes one file: give one --dtype.");
            if (result.GetValue(_bits) is not (null or 7 or 8)) result.AddError("--weight-bits must be 7 or 8.");
            if (result.GetValue(_tolerance) is { } tolerance && !(tolerance > 0)) result.AddError("--tolerance must be above 0.");
        });
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant export runs/pkd-skip --to hf", "the best student of a run; checked on the dev split of its task"),
        ("decant export models/student --to hf --dtype float16 int8 -i dev.csv -o student-onnx", "three files, with their accuracy on an own file"),
        ("decant export models/student --to onnx -o student.onnx", "one file; checked on built-in sentences"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        using ExportableModel model = ExportableModel.Load(ModelLocation.Open(path));
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(model.Directory.Path);
        (DataSet? data, int? maxLength) = DataOf(arguments, path, session);
        var check = new ExportCheck(model, tokenizer, data, arguments.GetValue(_maxLength) ?? maxLength);
        OnnxExportOptions[] files = [.. TypesOf(arguments).Select(type => new OnnxExportOptions
        {
            Precision = type, WeightBits = arguments.GetValue(_bits) ?? 7, Tolerance = arguments.GetValue(_tolerance),
        })];
        IReadOnlyList<ExportedFile> exported = arguments.GetRequiredValue(_to) == HuggingFace
            ? HuggingFaceExport.Write(model, tokenizer, arguments.GetValue(_output) ?? Path.Combine(path, HuggingFace), files, check, arguments.GetValue(_overwrite), session.Cancel)
            : [Export(model, path, arguments, files[0], check, session.Cancel)];
        if (arguments.GetValue(_json)) WriteJson(exported, session);
        else WriteText(exported, session);
        return ExitCodes.Done;
    }

    private ExportedFile Export(ExportableModel model, string path, ParseResult arguments, OnnxExportOptions file, ExportCheck check, CancellationToken stop)
    {
        bool steps = arguments.GetValue(_steps);
        string output = arguments.GetValue(_output) ?? Path.Combine(path, steps ? OnnxExporter.StepFolderName(file.Precision) : OnnxExporter.FileName(file.Precision));
        return steps ? OnnxExporter.ExportSteps(model, output, file, check, stop) : OnnxExporter.Export(model, output, file, check, stop);
    }

    private IEnumerable<ExportPrecision> TypesOf(ParseResult arguments) =>
        arguments.GetValue(_dtype) is { Length: > 0 } types ? types.Distinct().Select(type => Precisions[type]) : [ExportPrecision.Float32];

    // The data of a run may have been moved away since: then the export is still checked, on built-in sentences.
    private (DataSet? Data, int? MaxLength) DataOf(ParseResult arguments, string path, Session session)
    {
        if (_data.AreGiven(arguments)) return _data.Load(arguments, path);
        if (!File.Exists(new RunPaths(path).Recipe)) return (null, null);
        try
        {
            return _data.Load(arguments, path);
        }
        catch (DecantException e)
        {
            session.Warn($"the run's own data cannot be read, so the export is checked on built-in sentences: {e.Message}");
            return (null, null);
        }
    }

    private static void RequireTypes(OptionResult result)
    {
        foreach (Token token in result.Tokens)
            if (!Precisions.ContainsKey(token.Value))
                result.AddError($"--dtype cannot be '{token.Value}'.{(NearestName.Of(token.Value, Precisions.Keys) is { } near ? $" Did you mean {near}?" : "")} Known: {string.Join(", ", Precisions.Keys)}.");
    }

    private static void WriteText(IReadOnlyList<ExportedFile> files, Session session)
    {
        session.Output.Write(ExportTable.Of(files).ToText());
        session.Output.WriteLine();
        FactList.Write(session.Output,
        [
            new("Checked on", $"{files[0].Check.Agreement.Examples} examples from {files[0].Check.Source}"),
            new("Written", string.Join("\n", files.Select(file => file.Path))),
        ]);
    }

    private static void WriteJson(IReadOnlyList<ExportedFile> files, Session session) => JsonOutput.Write(session, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("source", files[0].Check.Source);
        writer.WriteNumber("examples", files[0].Check.Agreement.Examples);
        if (files[0].Check.Model is { } model) WriteMetrics(writer, "model", model.Metrics);
        writer.WriteStartArray("files");
        foreach (ExportedFile file in files)
        {
            Agreement agreement = file.Check.Agreement;
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("dtype", file.Precision.ToString().ToLowerInvariant());
            writer.WriteNumber("bytes", file.Bytes);
            writer.WriteNumber("largestDifference", agreement.LargestDifference);
            writer.WriteNumber("relativeDifference", agreement.RelativeDifference);
            writer.WriteNumber("meanDifference", agreement.MeanDifference);
            if (agreement.SameAnswers is { } same) writer.WriteNumber("sameAnswers", same);
            if (file.Check.Exported is { } exported) WriteMetrics(writer, "metrics", exported.Metrics);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteMetrics(System.Text.Json.Utf8JsonWriter writer, string name, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        writer.WriteStartObject(name);
        foreach ((string metric, double value) in metrics) writer.WriteNumber(metric, value);
        writer.WriteEndObject();
    }
}
