using System.Net;
using System.Text.Json;
using Decant.Models.Checkpoints;

namespace Decant.Serving.Tests.Endpoints;

public sealed class OtherEndpointsTests
{
    [Fact]
    public async Task Models_are_described()
    {
        await using LiveServer server = await LiveServer.StartAsync([new FakeModel().Source("b"), new FakeModel { IsAdaptive = false, Problem = ProblemType.Regression }.Source("a")]);
        JsonElement list = (await LiveServer.JsonAsync(await server.Client.GetAsync("/v1/models"))).GetProperty("models");
        Assert.Equal("""[{"name":"b","task":"classification","labels":["negative","positive"],"layers":6,"max_tokens":128,"adaptive":true},{"name":"a","task":"regression","labels":[],"layers":6,"max_tokens":128,"adaptive":false}]""", list.GetRawText());
        Assert.Equal(list[1].GetRawText(), (await LiveServer.JsonAsync(await server.Client.GetAsync("/v1/models/a"))).GetRawText());
        Assert.Equal((404, "There is no model 'nothing-like-it'. Known: b, a."), await LiveServer.ProblemAsync(await server.Client.GetAsync("/v1/models/nothing-like-it")));
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/models/fake/predict", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/models", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/models/fake/train", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, HttpStatusCode status)
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        HttpResponseMessage response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal((int)status, (await LiveServer.ProblemAsync(response)).Status);
    }

    [Fact]
    public async Task A_live_server_is_ready_until_it_is_told_to_stop()
    {
        LiveServer server = await LiveServer.StartAsync([new FakeModel().Source()], o => o.DrainDelay = TimeSpan.FromSeconds(2));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/live"));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/ready"));
        Task stopped = server.App.StopAsync();
        HttpResponseMessage ready = await server.Client.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/live"));
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { text = "still answered" })).StatusCode);
        await stopped;
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_contract_is_described_for_programs()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        JsonElement document = await LiveServer.JsonAsync((await server.Client.GetAsync("/openapi/v1.json")).EnsureSuccessStatusCode());
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString());
        Assert.Equal(["/v1/models", "/v1/models/{name}", "/v1/models/{name}/predict"], document.GetProperty("paths").EnumerateObject().Select(p => p.Name));
        JsonElement predict = document.GetProperty("paths").GetProperty("/v1/models/{name}/predict").GetProperty("post");
        Assert.Equal(["200", "400", "401", "404", "413", "415", "429", "500", "503"], predict.GetProperty("responses").EnumerateObject().Select(p => p.Name).Order());
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        JsonElement request = schemas.GetProperty("PredictRequest");
        Assert.Equal(["inputs", "text", "pair", "speed", "top_k"], request.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        JsonElement input = request.GetProperty("properties").GetProperty("inputs").GetProperty("items").GetProperty("anyOf");
        Assert.Equal("string", input[0].GetProperty("type").GetString());
        Assert.Equal("#/components/schemas/PredictInput", input[1].GetProperty("$ref").GetString());
        Assert.Equal(["text"], schemas.GetProperty("PredictInput").GetProperty("required").EnumerateArray().Select(p => p.GetString()));
    }
}
