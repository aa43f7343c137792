using Decant.Text.Tokenization;

namespace Decant.Inference.Engines;

/// <summary>Computes the outputs of a classifier. Safe for many threads at once.</summary>
internal interface IInferenceEngine : IDisposable
{
    /// <summary>Logits per text.</summary>
    int Outputs { get; }

    /// <summary>Whether texts can leave before the last layer.</summary>
    bool HasAdaptiveExit { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="texts">Encoded texts.</param>
    /// <param name="first">The first of them to run.</param>
    /// <param name="count">How many, from 1.</param>
    /// <param name="speed">See <see cref="PredictOptions.Speed"/>.</param>
    /// <param name="logits">[count × outputs], written.</param>
    /// <param name="exitLayers">[count], written with the layers at which the texts left, where the engine has adaptive exit.</param>
    void Run(EncodedTexts texts, int first, int count, double speed, Span<float> logits, Span<int> exitLayers);
}
