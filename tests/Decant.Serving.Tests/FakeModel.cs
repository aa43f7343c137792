using System.Collections.Concurrent;
using Decant.Inference;
using Decant.Models.Checkpoints;
using Decant.Serving.Models;

namespace Decant.Serving.Tests;

/// <summary>A model whose answers are known, that can be held, and that remembers its batches. Of 6 layers, from which it leaves earlier the faster it is to be.</summary>
internal sealed class FakeModel : IBatchPredictor, IDisposable
{
    private readonly SemaphoreSlim _permits = new(0);
    private readonly SemaphoreSlim _begun = new(0);

    /// <summary>A text on which the model fails.</summary>
    public const string Poison = "poison";

    public bool IsHeld { get; init; }

    public bool IsAdaptive { get; init; } = true;

    public ProblemType Problem { get; init; } = ProblemType.SingleLabel;

    public IReadOnlyList<string> Labels { get; init; } = ["negative", "positive"];

    /// <summary>The texts of each batch that came after the first look.</summary>
    public ConcurrentQueue<string[]> Batches { get; } = new();

    public bool IsDisposed { get; private set; }

    public ModelSource Source(string name = "fake") => new(name, () => new LoadedModel(
        new ModelFacts { Problem = Problem, Labels = Labels, Layers = 6, MaxTokens = 128, IsAdaptive = IsAdaptive }, this));

    public IReadOnlyList<Prediction> Predict(IReadOnlyList<TextInput> inputs, double speed)
    {
        bool isFirstLook = inputs is [{ Text: "A first look." }];
        if (!isFirstLook)
        {
            Batches.Enqueue([.. inputs.Select(i => i.Text)]);
            _begun.Release();
            if (IsHeld) _permits.Wait();
        }
        if (inputs.Any(i => i.Text == Poison)) throw new InvalidOperationException("The model cannot look at this.");
        return [.. inputs.Select(input => AnswerTo(input, speed))];
    }

    /// <summary>What the model says: a number made of the text.</summary>
    public Prediction AnswerTo(TextInput input, double speed = 0)
    {
        float positive = ((input.Text + "|" + input.Pair).Sum(c => c) % 1009) / 1009f;
        int? exit = IsAdaptive ? 6 - (int)Math.Round(5 * speed) : null;
        float logit = MathF.Log((positive + 1e-3f) / (1.001f - positive));
        return Problem switch
        {
            ProblemType.Regression => Prediction.From([logit], Problem, [], exitLayer: exit),
            _ => Prediction.From([0, logit], Problem, Labels, exitLayer: exit),
        };
    }

    /// <summary>Lets so many batches go.</summary>
    public void LetGo(int batches = 1) => _permits.Release(batches);

    /// <summary>Until another batch has begun.</summary>
    public async Task HasBegunAsync() => Assert.True(await _begun.WaitAsync(TimeSpan.FromMinutes(3)), "No batch began in 3 minutes.");

    public void Dispose() => IsDisposed = true;
}
