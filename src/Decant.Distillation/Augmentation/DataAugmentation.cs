using System.Security.Cryptography;
using System.Text;
using Decant.Distillation.Experiments;
using Decant.Distillation.Knowledge.Store;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Augmentation;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Distillation.Augmentation;

/// <summary>
/// Augments a file of examples (TinyBERT, Jiao et al. 2020), some hundred rows at a time. A call that was stopped or killed goes on where it was, and gives
/// the same bytes as one that was not.
/// </summary>
/// <param name="table">The file.</param>
/// <param name="modelPath">A masked language model.</param>
/// <param name="vectorsPath">Word vectors; null leaves words of several pieces as they are.</param>
/// <param name="options">How much is replaced.</param>
public sealed class DataAugmentation(AugmentationTable table, string modelPath, string? vectorsPath, AugmentationOptions options)
{
    private const int RowsAtOnce = 256;

    /// <summary>Most tokens in a batch of the language model. Its sums depend on it in their last bits.</summary>
    public int BatchTokens { get; init; } = MaskedWordModel.DefaultBatchTokens;

    /// <summary>Columns of the file, for telling whether a stopped call was the same.</summary>
    public string Columns { get; init; } = "";

    /// <summary>Writes the augmented file.</summary>
    /// <param name="output">The file to write; beside it lie <c>.part</c> and <c>.state.json</c> until it is done.</param>
    /// <param name="device">Where the model runs.</param>
    /// <param name="observer">Is told how it gets on.</param>
    /// <param name="stop">Cancels between two batches.</param>
    /// <returns>Rows that were written, by this call and those before.</returns>
    /// <exception cref="DecantException">There is no such model, or a file is missing, damaged, or cannot be written.</exception>
    public long Run(string output, Device device = default, IAugmentationObserver? observer = null, CancellationToken stop = default)
    {
        if (Path.GetFullPath(output) == Path.GetFullPath(table.Path)) throw new DecantException($"{output} is the file that is read; choose another output.");
        ModelDirectory directory = ModelLocation.Open(modelPath);
        var tokenizer = WordPieceTokenizer.Load(directory.Path);
        if (tokenizer.Vocabulary.Count > directory.Config.VocabSize)
            throw new DecantException($"{directory.Path}: the tokenizer has {tokenizer.Vocabulary.Count} pieces, the model {directory.Config.VocabSize}. They do not belong together.");
        _ = tokenizer.Vocabulary.MaskId; // refuses a vocabulary without one before anything is written
        using BertMaskedLm model = BertLoader.LoadMaskedLm(directory);
        WordVectors? vectors = vectorsPath is null ? null : WordVectors.Load(vectorsPath);
        model.MoveTo(device);
        using AugmentationOutput file = AugmentationOutput.Open(output, Fresh(directory, tokenizer));
        var augmenter = new TextAugmenter(tokenizer, new MaskedWordModel(model, tokenizer.Vocabulary.PaddingId, device, BatchTokens), vectors, options);
        observer?.Started(table.Count, file.State.Rows);
        if (file.State.Bytes == 0 && table.Header() is { } header) file.Append(new StringBuilder(header).Append('\n'), 0, 0);
        // Blocks begin at the same rows whenever a call begins, so that the same queries share a batch.
        foreach (AugmentationRow[] rows in table.Rows().Skip(checked((int)file.State.Rows)).Chunk(RowsAtOnce))
        {
            (StringBuilder lines, long written) = Augment(augmenter, rows, file.State.Rows, stop);
            file.Append(lines, rows.Length, written);
            observer?.Advanced(file.State.Rows, file.State.Written);
        }
        long all = file.State.Written;
        file.Complete();
        return all;
    }

    private static (StringBuilder Lines, long Written) Augment(TextAugmenter augmenter, AugmentationRow[] rows, long first, CancellationToken stop)
    {
        var lines = new StringBuilder();
        long written = 0;
        IReadOnlyList<string[]>[] augmented = augmenter.Augment([.. rows.Select(row => row.Texts)], first, stop);
        for (int r = 0; r < rows.Length; r++)
        {
            foreach (string[] texts in augmented[r]) lines.Append(rows[r].With(texts)).Append('\n');
            written += augmented[r].Count;
        }
        return (lines, written);
    }

    private AugmentationState Fresh(ModelDirectory directory, WordPieceTokenizer tokenizer) => new()
    {
        Input = HashOf(table.Path), Columns = Columns, Tokenizer = tokenizer.Fingerprint, Model = TeacherFingerprint.Of(directory),
        Vectors = vectorsPath is null ? "none" : HashOf(vectorsPath), Copies = options.Copies, Probability = options.Probability,
        Candidates = options.Candidates, Seed = options.Seed, BatchTokens = BatchTokens,
    };

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
