using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decant.Inference;

namespace Decant.Serving.Tests;

/// <summary>The sample application, started as a process of its own.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public async Task The_sample_judges_comments_and_serves_the_page_below_its_own_path()
    {
        using var model = new TinyBert();
        using var app = new Process { StartInfo = Start(model.Path) };
        var url = new TaskCompletionSource<string>();
        app.OutputDataReceived += (_, line) => { if (Listening().Match(line.Data ?? "") is { Success: true } match) url.TrySetResult(match.Groups[1].Value); };
        app.Start();
        app.BeginOutputReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await url.Task.WaitAsync(TimeSpan.FromMinutes(3))) };
            JsonElement judgement = await LiveServer.JsonAsync((await client.PostAsJsonAsync("/comments", new { text = "A fine film." })).EnsureSuccessStatusCode());
            using var offline = Classifier.Load(model.Path);
            Assert.Equal(offline.Predict("A fine film.").Label, judgement.GetProperty("label").GetString());
            HttpResponseMessage page = (await client.GetAsync("/decant")).EnsureSuccessStatusCode();
            Assert.Equal("/decant/", page.RequestMessage!.RequestUri!.AbsolutePath);
            Assert.Contains("comments", await client.GetStringAsync("/decant/v1/models"));
            Assert.Equal("Healthy", await client.GetStringAsync("/decant/health/ready"));
        }
        finally
        {
            app.Kill();
            await app.WaitForExitAsync();
        }
    }

    private static ProcessStartInfo Start(string model)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true };
        foreach (string word in (string[])[Path.Combine(AppContext.BaseDirectory, "Decant.Samples.WebApp.dll"), "--model", model, "--urls", "http://127.0.0.1:0"]) start.ArgumentList.Add(word);
        return start;
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
