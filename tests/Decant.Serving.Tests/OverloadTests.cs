using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Decant.Serving.Tests;

public sealed class OverloadTests
{
    [Fact]
    public async Task What_does_not_fit_is_told_when_to_come_back_and_what_was_taken_is_answered()
    {
        var model = new FakeModel { IsHeld = true };
        await using LiveServer server = await LiveServer.StartAsync(model, o => (o.QueueCapacity, o.MaxBatch) = (4, 1));
        Task<HttpResponseMessage> computed = server.PredictAsync(new { text = "first" });
        await model.HasBegunAsync();
        Task<HttpResponseMessage>[] taken = [.. Enumerable.Range(0, 4).Select(i => server.PredictAsync(new { text = $"{i}" }))];
        await Until(() => server.Catalog.Find("fake")!.Queue.IsFull);
        for (int i = 0; i < 20; i++)
        {
            HttpResponseMessage refused = await server.PredictAsync(new { text = "too many" });
            Assert.Equal((503, "The model 'fake' has as many inputs waiting as it may. Try again in 1 s."), await LiveServer.ProblemAsync(refused));
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        }
        model.LetGo(5);
        foreach (Task<HttpResponseMessage> answer in (Task<HttpResponseMessage>[])[computed, .. taken]) Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.DoesNotContain(model.Batches, batch => batch.Contains("too many"));
        Assert.Contains("""decant_serving_requests_total{model="fake",outcome="overloaded"} 20""", await server.Client.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task A_request_larger_than_what_is_left_of_the_queue_is_refused_whole()
    {
        var model = new FakeModel { IsHeld = true };
        await using LiveServer server = await LiveServer.StartAsync(model, o => o.QueueCapacity = 4);
        Task<HttpResponseMessage> computed = server.PredictAsync(new { text = "first" });
        await model.HasBegunAsync();
        Task<HttpResponseMessage> taken = server.PredictAsync(new { inputs = new[] { "a", "b" } });
        await Until(() => server.Catalog.Find("fake")!.Queue.Waiting == 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.PredictAsync(new { inputs = new[] { "c", "d", "e" } })).StatusCode);
        model.LetGo(2);
        await Task.WhenAll(computed, taken);
        Assert.Equal([["first"], ["a", "b"]], model.Batches);
    }

    [Fact]
    public async Task A_client_that_leaves_costs_no_computing()
    {
        var model = new FakeModel { IsHeld = true };
        await using LiveServer server = await LiveServer.StartAsync(model);
        Task<HttpResponseMessage> first = server.PredictAsync(new { text = "first" });
        await model.HasBegunAsync();
        using HttpClient leaving = server.NewClient();
        Task<HttpResponseMessage>[] gone = [.. Enumerable.Range(0, 10).Select(_ => leaving.PostAsync("/v1/models/fake/predict", new StringContent("{\"text\":\"gone\"}", Encoding.UTF8, "application/json")))];
        await Until(() => server.Catalog.Find("fake")!.Queue.Waiting == 10);
        leaving.CancelPendingRequests();
        foreach (Task<HttpResponseMessage> call in gone) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        const string Abandoned = """decant_serving_requests_total{model="fake",outcome="abandoned"} 10""";
        await Until(async () => (await server.Client.GetStringAsync("/metrics")).Contains(Abandoned, StringComparison.Ordinal));
        model.LetGo(2);
        await first;
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { text = "last" })).StatusCode);
        Assert.Equal([["first"], ["last"]], model.Batches);
    }

    [Theory]
    [InlineData("POST /v1/models/fake/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"text\": \"half")]
    [InlineData("POST /v1/models/fake/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")]
    [InlineData("POST /v1/models/fake/predict HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n\0\0\0")]
    [InlineData("\u0016\u0003\u0001")]
    public async Task Bytes_that_are_no_request_leave_the_server_as_it_was(string bytes)
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model);
        for (int i = 0; i < 5; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));
        }
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { text = "sound" })).StatusCode);
        Assert.Equal(["sound"], Assert.Single(model.Batches));
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 18000 && !await condition(); i++) await Task.Delay(10);
        Assert.True(await condition());
    }
}
