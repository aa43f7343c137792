using Decant.Inference.Engines.Packed;
using Decant.Inference.Kernels;
using Decant.Inference.Threads;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>Makes the engine for a model folder.</summary>
internal static class EngineLoader
{
    public static IInferenceEngine Load(ModelDirectory directory, WordPieceTokenizer tokenizer, ClassifierOptions options)
    {
        // An id beyond the table would read foreign memory.
        if (tokenizer.Vocabulary.Count > directory.Config.VocabSize)
            throw new DecantException($"{directory.Path}: the tokenizer has {tokenizer.Vocabulary.Count} pieces, the model {directory.Config.VocabSize}. They do not belong together.");
        if (options.Device != Device.Cpu) return OnDevice(directory, tokenizer.Vocabulary.PaddingId, options);
        if (directory.Kind == ModelKind.FastBert)
        {
            using FastBertClassifier adaptive = FastBertLoader.Load(directory);
            return new PackedEngine(new PackedFastBert(adaptive, VectorKernels.Best, options.Exits), ComputeThreads.Shared);
        }
        using BertClassifier model = BertLoader.LoadClassifier(directory);
        return new PackedEngine(new PackedClassifier(model, VectorKernels.Best), ComputeThreads.Shared);
    }

    private static IInferenceEngine OnDevice(ModelDirectory directory, int paddingId, ClassifierOptions options)
    {
        if (directory.Kind == ModelKind.FastBert)
        {
            FastBertClassifier adaptive = FastBertLoader.Load(directory);
            adaptive.MoveTo(options.Device);
            return new TorchFastBertEngine(adaptive, paddingId, options.Device, options.Exits);
        }
        BertClassifier model = BertLoader.LoadClassifier(directory);
        model.MoveTo(options.Device);
        return new TorchEngine(model, paddingId, options.Device);
    }
}
