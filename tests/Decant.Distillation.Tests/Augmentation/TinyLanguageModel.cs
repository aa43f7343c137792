using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Distillation.Tests.Augmentation;

/// <summary>A masked language model of some thousand parameters, as a folder.</summary>
internal static class TinyLanguageModel
{
    private static readonly string[] Letters = [.. Enumerable.Range('a', 26).Select(c => ((char)c).ToString())];

    public static WordPieceTokenizer Tokenizer { get; } = new(new Vocabulary(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Letters, .. Letters.Select(l => "##" + l), "film", "good", "bad", "fine", "plot", "movie", "dull", "story", "actor", "great", ".", ","]));

    public static string Save(string folder, bool withMask = true, int hidden = 16)
    {
        var config = new BertConfig { VocabSize = Tokenizer.Vocabulary.Count, HiddenSize = hidden, Layers = 2, Heads = 2, IntermediateSize = 24, MaxPositions = 64 };
        using var model = new BertMaskedLm(config, new Initializer(new RandomStream(3, "weights"), 0.5));
        ModelDirectory.Save(folder, ModelKind.MaskedLm, config, model.NamedParameters());
        if (withMask) Tokenizer.Save(folder);
        else File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Tokenizer.Vocabulary.Pieces.Select(p => p == "[MASK]" ? "[none]" : p));
        return folder;
    }

    /// <summary>A CSV file of short reviews.</summary>
    public static string Reviews(int rows)
    {
        string[] words = ["film", "good", "bad", "fine", "plot", "movie", "dull", "story", "actor", "great", "odd", "xylophone", "the", "is", "3"];
        var random = new Random(5);
        return "id,text,label\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            FormattableString.Invariant($"{i},{string.Join(' ', Enumerable.Range(0, 3 + random.Next(9)).Select(_ => words[random.Next(words.Length)]))}.,{(i % 2 == 0 ? "pos" : "neg")}\n")));
    }
}
