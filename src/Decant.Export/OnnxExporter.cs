using System.Globalization;
using Decant.Distillation.Reports;
using Decant.Export.Checks;
using Decant.Export.Graphs;
using Decant.Export.Onnx;
using Decant.Export.Running;
using Decant.Models.Checkpoints;

namespace Decant.Export;

/// <summary>Writes models as ONNX files that were checked against the model before they got their name.</summary>
public static class OnnxExporter
{
    /// <summary>The usual name of a file: <c>model.onnx</c>, <c>model_fp16.onnx</c>, <c>model_quantized.onnx</c>, as <c>@huggingface/transformers</c> looks for them.</summary>
    /// <param name="precision">What the weights are written in.</param>
    public static string FileName(ExportPrecision precision) => precision switch
    {
        ExportPrecision.Float32 => "model.onnx",
        ExportPrecision.Float16 => "model_fp16.onnx",
        _ => "model_quantized.onnx",
    };

    /// <summary>Writes a file, reads it back, runs it beside the model and gives it its name when their outputs agree.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="check">The examples that both are run over.</param>
    /// <param name="stop">Cancels; nothing is left of the file.</param>
    /// <exception cref="DecantException">The file cannot be written, or its outputs are further from the model's than the tolerance allows. What was there before is untouched.</exception>
    public static ExportedFile Export(ExportableModel model, string path, OnnxExportOptions options, ExportCheck check, CancellationToken stop = default)
    {
        string full = Path.GetFullPath(path), aside = $"{full}.{Environment.ProcessId}.unchecked";
        if (Directory.Exists(full)) throw new DecantException($"{path} is a folder; name a file, such as {Path.Combine(path, FileName(options.Precision))}.");
        try
        {
            OnnxModelWriter.Write(aside, ModelGraph.Of(model, options));
            CheckResult result;
            using (OnnxRunner file = OnnxRunner.Open(aside)) result = check.Run(file, stop);
            Require(path, options, result);
            long bytes = new FileInfo(aside).Length;
            File.Move(aside, full, overwrite: true);
            return new ExportedFile(path, options.Precision, bytes, result);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>The usual name of a folder of step files: <c>steps</c>, <c>steps_fp16</c>, <c>steps_quantized</c>.</summary>
    /// <param name="precision">What the weights are written in.</param>
    public static string StepFolderName(ExportPrecision precision) => Path.GetFileNameWithoutExtension(FileName(precision)).Replace("model", "steps", StringComparison.Ordinal);

    /// <summary>Writes a FastBERT as a file for its embeddings and one for each layer, so that other programs can leave early.</summary>
    /// <param name="model">A FastBERT.</param>
    /// <param name="folder">The folder to create; files in it are replaced.</param>
    /// <param name="options">How they are written.</param>
    /// <param name="check">The examples that model and files are run over.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>The folder, with the bytes of all its files.</returns>
    /// <exception cref="DecantException">The model is no FastBERT, the files cannot be written, or they do not agree with the model; then nothing is left of them.</exception>
    public static ExportedFile ExportSteps(ExportableModel model, string folder, OnnxExportOptions options, ExportCheck check, CancellationToken stop = default)
    {
        if (model.Kind != ModelKind.FastBert) throw new DecantException($"{model.Directory.Path} is no FastBERT; only a FastBERT has steps to leave after.");
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), aside = $"{full}.{Environment.ProcessId}.unchecked";
        try
        {
            OnnxModelWriter.Write(Path.Combine(aside, StepFiles.Embeddings), StepGraphs.Embeddings(model, options));
            for (int layer = 1; layer <= model.Config.Layers; layer++)
                OnnxModelWriter.Write(Path.Combine(aside, StepFiles.Layer(layer)), StepGraphs.Layer(model, options, layer));
            CheckResult result;
            using (StepFiles files = StepFiles.Open(aside, model.Config.Layers)) result = check.Run(files, stop);
            Require(folder, options, result);
            long bytes = 0;
            Directory.CreateDirectory(full);
            foreach (string file in Directory.EnumerateFiles(aside))
            {
                bytes += new FileInfo(file).Length;
                File.Move(file, Path.Combine(full, Path.GetFileName(file)), overwrite: true);
            }
            return new ExportedFile(folder, options.Precision, bytes, result);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    private static void Require(string path, OnnxExportOptions options, CheckResult result)
    {
        double tolerance = options.ToleranceInForce;
        if (result.Agreement.RelativeDifference <= tolerance) return;
        string cause = options.Precision switch
        {
            ExportPrecision.Float32 => "This should not happen: please report it with the model's config.json.",
            ExportPrecision.Float16 => "The model's values may be too large for half precision; export it with --dtype float32.",
            _ => "The model loses too much in 8 bits; try --weight-bits 8 or --dtype float16, or allow more with --tolerance.",
        };
        throw new DecantException(string.Create(CultureInfo.InvariantCulture,
            $"{path} was not written: over {result.Agreement.Examples} examples ({result.Source}) the exported file differs from the model by up to {Units.Significant(result.Agreement.LargestDifference)}, {Units.Significant(result.Agreement.RelativeDifference)} of the largest output, and {tolerance} is allowed. {cause}"));
    }
}
