using Decant.Serving.Hosting;
using Decant.Serving.Models;
using Decant.Tests;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Tests.Hosting;

public sealed class DecantServerTests
{
    [Theory]
    [InlineData("https://127.0.0.1:8080", "https://127.0.0.1:8080: https is not served here. Listen at http on this machine, and put a reverse proxy with your certificate before it.")]
    [InlineData("127.0.0.1", "'127.0.0.1' is not an address to listen at; write it like http://127.0.0.1:8080.")]
    [InlineData("ftp://127.0.0.1", "'ftp://127.0.0.1' is not an address to listen at; write it like http://127.0.0.1:8080.")]
    [InlineData("http://127.0.0.1:8080/decant", "'http://127.0.0.1:8080/decant' is not an address to listen at; write it like http://127.0.0.1:8080.")]
    public void Addresses_are_checked(string url, string message) =>
        Assert.Equal(message, Assert.Throws<DecantException>(() => DecantServer.Create(new DecantServerSettings { Models = [new FakeModel().Source()], Urls = [url] })).Message);

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://192.168.1.4:8080", false)]
    public void What_the_network_can_reach_is_known(string url, bool isLoopback) => Assert.Equal(isLoopback, ListenAddress.IsLoopback(ListenAddress.Check(url)));

    [Fact]
    public void The_default_is_for_this_machine_alone() => Assert.True(ListenAddress.IsLoopback(DecantServerSettings.DefaultUrl));

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Contains("MaxBatch must be between 1 and 4096", Assert.Throws<DecantException>(() => DecantServer.Create(Settings([new FakeModel().Source()], o => o.MaxBatch = 5000))).Message);

    [Fact]
    public async Task Two_models_need_two_names() =>
        Assert.Equal("Two models are called 'fake'. Give each its own name: NAME=PATH.", await StartError([new FakeModel().Source(), new FakeModel().Source()]));

    [Fact]
    public async Task A_server_needs_a_model() => Assert.Equal("There is no model to serve. Add one with AddModel.", await StartError([]));

    [Fact]
    public async Task A_model_that_cannot_be_loaded_ends_the_start()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"{folder.File("none")} is not a directory.", await StartError([ModelSource.OfFolder("none", folder.File("none"))]));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using LiveServer first = await LiveServer.StartAsync(new FakeModel());
        await using var second = DecantServer.Create(Settings([new FakeModel().Source()]) with { Urls = [first.Url] });
        Assert.Contains("address already in use", (await Assert.ThrowsAsync<IOException>(() => second.StartAsync())).Message);
    }

    private static async Task<string> StartError(IReadOnlyList<ModelSource> models)
    {
        await using var app = DecantServer.Create(Settings(models));
        return (await Assert.ThrowsAsync<DecantException>(() => app.StartAsync())).Message;
    }

    private static DecantServerSettings Settings(IReadOnlyList<ModelSource> models, Action<ServingOptions>? options = null) =>
        new() { Models = models, Urls = ["http://127.0.0.1:0"], Options = options, LogLevel = LogLevel.None };
}
