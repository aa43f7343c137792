using System.Net.Http.Json;
using System.Text.Json;
using Decant.Serving.Hosting;
using Decant.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Tests;

/// <summary>A real server on a free port of this machine.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private LiveServer(WebApplication app) => App = app;

    public WebApplication App { get; }

    public string Url => App.Urls.Single();

    public HttpClient Client { get; private set; } = null!;

    public ModelCatalog Catalog => App.Services.GetRequiredService<ModelCatalog>();

    public static Task<LiveServer> StartAsync(FakeModel model, Action<ServingOptions>? options = null) => StartAsync([model.Source()], options);

    public static async Task<LiveServer> StartAsync(IReadOnlyList<ModelSource> models, Action<ServingOptions>? options = null)
    {
        var server = new LiveServer(DecantServer.Create(new DecantServerSettings
        {
            Models = models, Urls = ["http://127.0.0.1:0"], Options = options, LogLevel = LogLevel.None,
        }));
        await server.App.StartAsync();
        server.Client = server.NewClient();
        return server;
    }

    public HttpClient NewClient() => new() { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(5) };

    public Task<HttpResponseMessage> PredictAsync(object body, string model = "fake") => Client.PostAsJsonAsync($"/v1/models/{model}/predict", body);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The status, and what the problem says.</summary>
    public static async Task<(int Status, string Detail)> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await JsonAsync(response);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        return ((int)response.StatusCode, problem.TryGetProperty("detail", out JsonElement detail) ? detail.GetString()! : "");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
