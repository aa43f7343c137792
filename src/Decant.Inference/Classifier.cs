using Decant.Inference.Engines;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Tokenization;

namespace Decant.Inference;

/// <summary>
/// A trained classifier that answers: text in, labels with probabilities out (or a number, for regression). Safe for use by many
/// threads at once. Load it once and keep it; dispose it when no call is running any more.
/// </summary>
/// <example><code>
/// using var classifier = Classifier.Load("models/student");
/// Prediction answer = classifier.Predict("A fine film.");
/// Console.WriteLine($"{answer.Label} {answer.Score:P1}");
/// </code></example>
public sealed partial class Classifier : IDisposable
{
    private readonly IInferenceEngine _engine;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly ClassifierOptions _options;
    private readonly EncodeOptions _encode;
    private readonly IReadOnlyList<string> _outputLabels;

    private Classifier(ModelDirectory directory, WordPieceTokenizer tokenizer, IInferenceEngine engine, ClassifierOptions options)
    {
        (_engine, _tokenizer, _options, Path) = (engine, tokenizer, options, directory.Path);
        Config = directory.Config;
        Problem = directory.ProblemType ?? (engine.Outputs == 1 ? ProblemType.Regression : ProblemType.SingleLabel);
        Labels = directory.Labels?.Names ?? ModelLabels.Unnamed(engine.Outputs).Names;
        _outputLabels = IsRegression ? [] : Labels;
        MaxLength = Math.Min(options.MaxLength ?? int.MaxValue, Config.MaxPositions);
        _encode = new EncodeOptions { MaxLength = MaxLength };
    }

    /// <summary>The model's folder.</summary>
    public string Path { get; }

    /// <summary>The sizes of the network.</summary>
    public BertConfig Config { get; }

    /// <summary>The labels in the order of the outputs.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What the outputs mean: one label of several, any number of labels, or a number.</summary>
    public ProblemType Problem { get; }

    /// <summary>Whether the model answers with a number instead of labels.</summary>
    public bool IsRegression => Problem == ProblemType.Regression;

    /// <summary>Whether texts may leave before the last layer (FastBERT), so that <see cref="PredictOptions.Speed"/> has a meaning.</summary>
    public bool HasAdaptiveExit => _engine.HasAdaptiveExit;

    /// <summary>Longest input in word pieces; longer ones are cut.</summary>
    public int MaxLength { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A Hugging Face model folder: <c>config.json</c>, weights and tokenizer.</param>
    /// <param name="options">Longest input, batch size, device; null for the defaults.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="DecantException">The folder holds no classifier, or a damaged one, or an option is out of range.</exception>
    public static Classifier Load(string path, ClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options = (options ?? new ClassifierOptions()).Validate();
        ModelDirectory directory = ModelDirectory.Open(path);
        if (directory.Kind == ModelKind.MultipleChoice)
            throw new DecantException($"{path} answers multiple-choice questions; this labels single texts and pairs.");
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(directory.Path);
        return new Classifier(directory, tokenizer, EngineLoader.Load(directory, tokenizer, options), options);
    }

    /// <summary>How many word pieces a text has, [CLS] and [SEP] counted, before it is cut: for limits on requests.</summary>
    /// <param name="input">The text, or pair.</param>
    public int CountPieces(TextInput input) => _tokenizer.Encode(input.Text, input.Pair).Ids.Length;

    /// <summary>Frees the model.</summary>
    public void Dispose() => _engine.Dispose();
}
