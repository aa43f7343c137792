using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using Decant.Serving.Metrics;

namespace Decant.Serving.Tests;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stopping_under_load_answers_every_request_that_was_accepted()
    {
        using var model = new TinyBert();
        LiveServer server = await LiveServer.StartAsync([model.Source("stopping")], o => (o.MaxBatch, o.DrainTimeout) = (4, TimeSpan.FromMinutes(5)));
        using var outcomes = new Outcomes();
        var answered = new ConcurrentQueue<HttpStatusCode>();
        int ready = 0;
        Task[] clients = [.. Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            using HttpClient client = server.NewClient();
            try
            {
                while (true)
                {
                    answered.Enqueue((await client.PostAsJsonAsync("/v1/models/stopping/predict", new { inputs = new[] { "a fine film", $"number {i}" } })).StatusCode);
                    Interlocked.Increment(ref ready);
                }
            }
            catch (HttpRequestException)
            {
                // The door is closed: not accepted.
            }
        }))];
        while (Volatile.Read(ref ready) < 200) await Task.Delay(5);
        await server.App.StopAsync();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(answered.Count >= 200);
        Assert.All(answered, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(Enumerable.Repeat("ok", answered.Count), outcomes.Seen);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Requests_that_wait_when_the_order_comes_are_answered()
    {
        var model = new FakeModel { IsHeld = true };
        LiveServer server = await LiveServer.StartAsync([model.Source()], o => (o.MaxBatch, o.DrainTimeout) = (1, TimeSpan.FromMinutes(5)));
        Task<HttpResponseMessage>[] calls = [.. Enumerable.Range(0, 5).Select(i => server.PredictAsync(new { text = $"{i}" }))];
        await model.HasBegunAsync();
        while (server.Catalog.Find("fake")!.Queue.Waiting < 4) await Task.Delay(5);
        Task stopped = server.App.StopAsync();
        await Task.Delay(50);
        Assert.False(stopped.IsCompleted);
        using HttpClient late = server.NewClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => late.GetAsync("/health/live"));
        model.LetGo(5);
        foreach (Task<HttpResponseMessage> call in calls) Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        await stopped;
        await server.DisposeAsync();
        Assert.True(model.IsDisposed);
    }

    /// <summary>How the server counted its requests; the meters of other tests in this process have other models.</summary>
    private sealed class Outcomes : IDisposable
    {
        private readonly MeterListener _listener = new();

        public ConcurrentQueue<string> Seen { get; } = new();

        public Outcomes()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: ServingMetrics.MeterName, Name: "decant.serving.requests" }) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                string? Tag(string name, ReadOnlySpan<KeyValuePair<string, object?>> all)
                {
                    foreach (var tag in all) if (tag.Key == name) return (string?)tag.Value;
                    return null;
                }
                if (Tag("model", tags) == "stopping") Seen.Enqueue(Tag("outcome", tags)!);
            });
            _listener.Start();
        }

        public void Dispose() => _listener.Dispose();
    }
}
