using System.Net;

namespace Decant.Serving.Tests.Access;

public sealed class AccessTests
{
    private const string Key = "correct horse";

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer wrong horse")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Basic Y29ycmVjdCBob3JzZQ==")]
    [InlineData("X-Api-Key", "")]
    [InlineData("X-Api-Key", "correct horses")]
    public async Task Without_the_key_nothing_is_told(string? header, string? value)
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model, o => o.ApiKey = Key);
        if (header is not null) server.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        foreach (string path in (string[])["/v1/models", "/v1/models/fake", "/v1/models/none", "/metrics"])
        {
            HttpResponseMessage refused = await server.Client.GetAsync(path);
            Assert.Equal((401, "This server asks for a key: send Authorization: Bearer KEY, or X-Api-Key: KEY."), await LiveServer.ProblemAsync(refused));
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PredictAsync(new { text = "a" })).StatusCode);
        Assert.Empty(model.Batches);
        foreach (string path in (string[])["/", "/health/live", "/health/ready"]) Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("Authorization", "Bearer correct horse")]
    [InlineData("Authorization", "bearer correct horse")]
    [InlineData("X-Api-Key", "correct horse")]
    public async Task With_the_key_everything_is_answered(string header, string value)
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel(), o => o.ApiKey = Key);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { text = "a" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_asks_too_often_is_told_to_wait()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel(), o => o.RequestsPerSecond = 2);
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 30; i++) answers.Add(await server.PredictAsync(new { text = "a" }));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], answers.Take(2).Select(a => a.StatusCode));
        HttpResponseMessage refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal((429, "This client sends more requests a second than it may. Send several inputs in one request."), await LiveServer.ProblemAsync(refused));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready")).StatusCode);
    }
}
