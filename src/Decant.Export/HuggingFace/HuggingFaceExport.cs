using Decant.Export.Checks;
using Decant.Models.Checkpoints;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Export.HuggingFace;

/// <summary>
/// Writes a Hugging Face folder that Python's <c>transformers</c> and JavaScript's <c>@huggingface/transformers</c> load as it is:
/// <c>config.json</c> with the labels, <c>model.safetensors</c>, the tokenizer's files, <c>onnx/model.onnx</c> and a model card.
/// </summary>
public static class HuggingFaceExport
{
    private const string OnnxFolder = "onnx", CardName = "README.md";

    /// <summary>Makes the folder aside, checks every file in it, and gives it its name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="folder">The folder to create.</param>
    /// <param name="files">The ONNX files besides float32's, which is always there.</param>
    /// <param name="check">The examples that model and files are run over.</param>
    /// <param name="overwrite">Whether files of a folder that is there may be replaced; others in it stay.</param>
    /// <param name="stop">Cancels; nothing is left.</param>
    /// <returns>The ONNX files, float32 first.</returns>
    /// <exception cref="DecantException">The folder is there already, cannot be written, or a file did not pass its check.</exception>
    public static IReadOnlyList<ExportedFile> Write(ExportableModel model, WordPieceTokenizer tokenizer, string folder,
        IReadOnlyList<OnnxExportOptions> files, ExportCheck check, bool overwrite = false, CancellationToken stop = default)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), aside = $"{full}.{Environment.ProcessId}.tmp";
        if (File.Exists(full)) throw new DecantException($"{folder} is a file; name a folder.");
        bool exists = Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any();
        if (exists && !overwrite) throw new DecantException($"{folder} is not empty. Name another folder, or replace what is in it with --overwrite.");
        try
        {
            WriteModel(model, tokenizer, aside);
            string onnx = Path.Combine(aside, OnnxFolder);
            ExportedFile[] exported = [.. WithFloat32(files).SelectMany(options => OnnxFiles(model, onnx, options, check, stop))];
            string? card = Path.Combine(model.Directory.Path, CardName) is var path && File.Exists(path) ? File.ReadAllText(path) : null;
            AtomicFile.WriteText(Path.Combine(aside, CardName), ExportCard.Of(model, Path.GetFileName(full), exported, card));
            Place(aside, full, exists);
            return [.. exported.Select(file => file with { Path = Path.Combine(folder, OnnxFolder, Path.GetFileName(file.Path)) })];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"Cannot write {folder}: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    private static IEnumerable<ExportedFile> OnnxFiles(ExportableModel model, string folder, OnnxExportOptions options, ExportCheck check, CancellationToken stop)
    {
        yield return OnnxExporter.Export(model, Path.Combine(folder, OnnxExporter.FileName(options.Precision)), options, check, stop);
        if (model.Kind == ModelKind.FastBert)
            yield return OnnxExporter.ExportSteps(model, Path.Combine(folder, OnnxExporter.StepFolderName(options.Precision)), options, check, stop);
    }

    private static IEnumerable<OnnxExportOptions> WithFloat32(IReadOnlyList<OnnxExportOptions> files) =>
        files.Any(f => f.Precision == ExportPrecision.Float32) ? files.OrderBy(f => f.Precision) : [new(), .. files.OrderBy(f => f.Precision)];

    private static void WriteModel(ExportableModel model, WordPieceTokenizer tokenizer, string folder)
    {
        ModelDirectory from = model.Directory;
        ModelDirectory.Save(folder, model.Kind, from.Config, model.Parameters.Select(p => (p.Key, p.Value)), from.Labels, from.ProblemType, from.Head, from.Branches);
        // Without a limit readers feed texts of any length, and the position table ends.
        TokenizerOptions options = tokenizer.Options with { ModelMaxLength = Math.Min(tokenizer.Options.ModelMaxLength ?? int.MaxValue, from.Config.MaxPositions) };
        new WordPieceTokenizer(tokenizer.Vocabulary, options).Save(folder);
    }

    private static void Place(string aside, string folder, bool exists)
    {
        if (!exists)
        {
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(aside, folder);
            return;
        }
        foreach (string file in Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(aside, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }
    }
}
