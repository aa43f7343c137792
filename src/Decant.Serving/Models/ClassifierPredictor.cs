using Decant.Inference;

namespace Decant.Serving.Models;

/// <summary>A <see cref="Classifier"/> as the server sees it.</summary>
/// <param name="classifier">Freed with this.</param>
internal sealed class ClassifierPredictor(Classifier classifier) : IBatchPredictor, IDisposable
{
    private static readonly PredictOptions wholeModel = new();

    public static LoadedModel Load(string path, ClassifierOptions? options)
    {
        var classifier = Classifier.Load(path, options);
        var facts = new ModelFacts
        {
            Problem = classifier.Problem,
            Labels = classifier.Labels,
            Layers = classifier.Config.Layers,
            MaxTokens = classifier.MaxLength,
            IsAdaptive = classifier.HasAdaptiveExit,
        };
        return new LoadedModel(facts, new ClassifierPredictor(classifier));
    }

    public IReadOnlyList<Prediction> Predict(IReadOnlyList<TextInput> inputs, double speed) =>
        classifier.Predict(inputs, speed > 0 ? new PredictOptions { Speed = speed } : wholeModel);

    public void Dispose() => classifier.Dispose();
}
