using System.Diagnostics.Metrics;
using Decant.Inference;
using Decant.Models.Checkpoints;
using Decant.Serving.Batching;
using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Serving.Tests.Batching;

public sealed class BatchQueueTests
{
    [Fact]
    public async Task What_arrives_while_a_batch_is_computed_is_answered_together()
    {
        var model = new FakeModel { IsHeld = true };
        await using BatchQueue queue = Queue(model);
        Task<BatchedAnswers> first = Ask(queue, "first");
        await model.HasBegunAsync();
        Task<BatchedAnswers>[] others = [Ask(queue, "a"), Ask(queue, "b", "c"), Ask(queue, "d")];
        Assert.Equal(4, queue.Waiting);
        model.LetGo(2);
        await Task.WhenAll([first, .. others]);
        Assert.Equal([["first"], ["a", "b", "c", "d"]], model.Batches);
        Assert.Equal((1, 4), ((await first).BatchSize, (await others[0]).BatchSize));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task Answers_keep_the_order_of_their_inputs()
    {
        var model = new FakeModel();
        await using BatchQueue queue = Queue(model, o => o.MaxBatch = 3);
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => $"text {i}")];
        BatchedAnswers answers = await Ask(queue, texts);
        Assert.Equal(texts.Select(t => model.AnswerTo(new(t)).Scores[1]), answers.Answers.Select(a => a.Scores[1]));
        Assert.All(model.Batches, batch => Assert.InRange(batch.Length, 1, 3));
        Assert.Equal(texts, model.Batches.SelectMany(batch => batch));
    }

    [Fact]
    public async Task A_batch_that_is_full_does_not_wait()
    {
        var model = new FakeModel();
        await using BatchQueue queue = Queue(model, o => (o.MaxBatch, o.MaxDelay) = (2, TimeSpan.FromMinutes(10)));
        await Task.WhenAll(Ask(queue, "a"), Ask(queue, "b")).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(["a", "b"], Assert.Single(model.Batches).Order());
    }

    [Fact]
    public async Task A_batch_that_is_not_full_waits_no_longer_than_the_delay()
    {
        var model = new FakeModel();
        await using BatchQueue queue = Queue(model, o => o.MaxDelay = TimeSpan.FromMilliseconds(60));
        BatchedAnswers answer = await Ask(queue, "alone");
        Assert.Equal(["alone"], Assert.Single(model.Batches));
        Assert.True(answer.Waited >= TimeSpan.FromMilliseconds(55), $"{answer.Waited}");
    }

    [Fact]
    public async Task Different_speeds_are_not_computed_together()
    {
        var model = new FakeModel { IsHeld = true };
        await using BatchQueue queue = Queue(model);
        Task first = Ask(queue, "first");
        await model.HasBegunAsync();
        Task<BatchedAnswers> slow = Ask(queue, "slow"), fast = queue.PredictAsync([new("fast")], 1, default), alsoSlow = Ask(queue, "also slow");
        model.LetGo(3);
        await Task.WhenAll(first, slow, fast, alsoSlow);
        Assert.Equal([["first"], ["slow", "also slow"], ["fast"]], model.Batches);
        Assert.Equal((6, 1), ((await slow).Answers[0].ExitLayer, (await fast).Answers[0].ExitLayer));
    }

    [Fact]
    public async Task A_call_that_does_not_fit_is_refused_whole()
    {
        var model = new FakeModel { IsHeld = true };
        await using BatchQueue queue = Queue(model, o => o.QueueCapacity = 3);
        Task first = Ask(queue, "first");
        await model.HasBegunAsync();
        Task two = Ask(queue, "a", "b");
        var refused = await Assert.ThrowsAsync<OverloadedException>(() => Ask(queue, "c", "d"));
        Assert.Equal("The model 'fake' has as many inputs waiting as it may. Try again in 1 s.", refused.Message);
        Assert.Equal(2, queue.Waiting);
        Task one = Ask(queue, "e");
        Assert.True(queue.IsFull);
        model.LetGo(2);
        await Task.WhenAll(first, two, one);
        Assert.Equal([["first"], ["a", "b", "e"]], model.Batches);
    }

    [Fact]
    public async Task An_abandoned_call_is_not_computed_and_leaves_its_place()
    {
        var model = new FakeModel { IsHeld = true };
        await using BatchQueue queue = Queue(model, o => o.QueueCapacity = 2);
        Task first = Ask(queue, "first");
        await model.HasBegunAsync();
        using var leave = new CancellationTokenSource();
        Task gone = queue.PredictAsync([new("gone")], 0, leave.Token), stays = Ask(queue, "stays");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        model.LetGo(2);
        await Task.WhenAll(first, stays);
        Assert.Equal([["first"], ["stays"]], model.Batches);
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task A_failure_is_of_its_own_call_alone()
    {
        var model = new FakeModel { IsHeld = true };
        await using BatchQueue queue = Queue(model);
        Task first = Ask(queue, "first");
        await model.HasBegunAsync();
        Task<BatchedAnswers> good = Ask(queue, "good"), bad = Ask(queue, "before", FakeModel.Poison), alsoGood = Ask(queue, "also good");
        model.LetGo(10);
        await Task.WhenAll(first, good, alsoGood);
        Assert.Equal("The model cannot look at this.", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(model.AnswerTo(new("also good")).Scores, (await alsoGood).Answers[0].Scores);
    }

    [Fact]
    public async Task Closing_answers_what_waits_and_takes_nothing_more()
    {
        var model = new FakeModel { IsHeld = true };
        BatchQueue queue = Queue(model, o => o.MaxBatch = 1);
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(i => Ask(queue, $"{i}"))];
        await model.HasBegunAsync();
        ValueTask closed = queue.DisposeAsync();
        await Assert.ThrowsAsync<OverloadedException>(() => Ask(queue, "late"));
        model.LetGo(5);
        await closed;
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(10));  // the callers' own threads may be a moment behind
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task Every_batch_is_computed_by_one_thread()
    {
        var threads = new HashSet<int>();
        await using BatchQueue queue = Queue(new Watcher(threads));
        for (int i = 0; i < 20; i++) await Ask(queue, "text");
        Assert.Single(threads);
    }

    private static Task<BatchedAnswers> Ask(BatchQueue queue, params string[] texts) => queue.PredictAsync([.. texts.Select(t => new TextInput(t))], 0, default);

    private static BatchQueue Queue(IBatchPredictor model, Action<ServingOptions>? configure = null)
    {
        var options = new ServingOptions();
        configure?.Invoke(options);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new BatchQueue("fake", model, options, new ServingMetrics(meters), NullLogger.Instance);
    }

    private sealed class Watcher(HashSet<int> threads) : IBatchPredictor
    {
        public IReadOnlyList<Prediction> Predict(IReadOnlyList<TextInput> inputs, double speed)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return [.. inputs.Select(_ => Prediction.From([1, 0], ProblemType.SingleLabel, ["a", "b"]))];
        }
    }
}
