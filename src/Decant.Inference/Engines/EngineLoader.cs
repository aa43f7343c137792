using Decant.Inference.Engines.Packed;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>Makes the engine for a model folder.</summary>
internal static class EngineLoader
{
    public static IInferenceEngine Load(ModelDirectory directory, WordPieceTokenizer tokenizer, ClassifierOptions options)
    {
        BertClassifier model = BertLoader.LoadClassifier(directory);
        try
        {
            Check(model, tokenizer, directory);
            if (options.Device == Device.Cpu)
            {
                var packed = new PackedEngine(model);
                model.Dispose();
                return packed;
            }
            model.MoveTo(options.Device);
            return new TorchEngine(model, tokenizer.Vocabulary.PaddingId, options.Device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    // An id beyond the table would read foreign memory.
    private static void Check(BertClassifier model, WordPieceTokenizer tokenizer, ModelDirectory directory)
    {
        if (tokenizer.Vocabulary.Count > model.Config.VocabSize)
            throw new DecantException($"{directory.Path}: the tokenizer has {tokenizer.Vocabulary.Count} pieces, the model {model.Config.VocabSize}. They do not belong together.");
    }
}
