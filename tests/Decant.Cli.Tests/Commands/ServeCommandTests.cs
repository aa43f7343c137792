using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decant.Cli.Terminal;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Data.Synthetic;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Cli.Tests.Commands;

/// <summary><c>decant serve</c>, also as a process that gets signals.</summary>
public sealed partial class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public ServeCommandTests()
    {
        model = folder.File("reviews");
        var tokenizer = new WordPieceTokenizer(new Vocabulary(SyntheticReviews.Vocabulary));
        var config = new BertConfig { VocabSize = tokenizer.Vocabulary.Count, HiddenSize = 16, Layers = 2, Heads = 2, IntermediateSize = 32, MaxPositions = 64 };
        using var bert = new BertClassifier(config, 2, new Initializer(new RandomStream(5, "weights"), 0.5));
        ModelDirectory.Save(model, ModelKind.SequenceClassification, config, bert.NamedParameters(), new ModelLabels(["bad", "good"]), ProblemType.SingleLabel);
        tokenizer.Save(model);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_server_answers_as_predict_does_until_it_is_interrupted()
    {
        const string Text = "What a wonderful film.";
        using var interrupt = new CancellationTokenSource();
        string error = folder.File("error.txt");
        using (var log = new FileStream(error, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        using (var session = new Session(Stream.Null, Stream.Null, log, interrupt.Token))
        {
            Task<int> running = Task.Run(() => CommandLine.Run(["serve", $"mine={model}", "--urls", "http://127.0.0.1:0"], session));
            string url = await UrlIn(() => ReadShared(error));
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            JsonElement served = (await (await client.PostAsJsonAsync("/v1/models/mine/predict", new { text = Text })).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("predictions")[0];
            JsonElement offline = JsonDocument.Parse(Cli.Run("predict", model, Text).Done().Output).RootElement;
            Assert.Equal(offline.GetProperty("label").GetString(), served.GetProperty("label").GetString());
            Assert.Equal(offline.GetProperty("score").GetSingle(), served.GetProperty("score").GetSingle(), 1e-5f);
            await interrupt.CancelAsync();
            Assert.Equal(ExitCodes.Interrupted, await running.WaitAsync(TimeSpan.FromMinutes(5)));
        }
    }

    [Fact]
    public async Task Sigterm_under_load_loses_no_request_that_was_accepted()
    {
        using Process server = Start("--urls", "http://127.0.0.1:0", "--max-batch", "4", "--log-requests", "--log", "json");
        var lines = new ConcurrentQueue<string>();
        server.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        server.BeginErrorReadLine();
        string url = await UrlIn(() => string.Join('\n', lines));
        int answered = 0;
        Task[] clients = [.. Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            try
            {
                while (true)
                {
                    HttpResponseMessage response = await client.PostAsJsonAsync("/v1/models/reviews/predict", new { text = $"a fine film {i}" });
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    Interlocked.Increment(ref answered);
                }
            }
            catch (HttpRequestException)
            {
                // The door is closed: not accepted.
            }
        }))];
        while (Volatile.Read(ref answered) < 100) await Task.Delay(5);
        using (Process kill = Process.Start("kill", ["-TERM", $"{server.Id}"])) await kill.WaitForExitAsync();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(5));
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        server.WaitForExit();  // until the last line was read
        Assert.Equal(ExitCodes.Terminated, server.ExitCode);
        // Each request that was accepted left a line, each line says ok, and there are as many as answers.
        string[] outcomes = [.. lines.Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("State"))
            .Where(s => s.TryGetProperty("Outcome", out _)).Select(s => s.GetProperty("Outcome").GetString()!)];
        Assert.Equal(Enumerable.Repeat("ok", answered), outcomes);
    }

    [Fact]
    public void What_cannot_be_served_ends_with_a_message()
    {
        Fails($"{folder.File("none")} does not exist. Name a model folder, or the folder of a finished run.", folder.File("none"));
        Fails("Two models are called 'reviews'. Give each its own name: NAME=PATH.", model, model);
        Fails("'my model' cannot be the name of a model: it must be 1 to 100 letters, digits, '.', '_' or '-'.", $"my model={model}");
        Fails("'here' is not an address to listen at; write it like http://127.0.0.1:8080.", model, "--urls", "here");
        Fails($"{folder.File("key")} does not exist; it should hold the key that clients must send.", model, "--api-key-file", folder.File("key"));
        Fails($"The key in {folder.Write("key", "short\n")} has 5 characters; it must have at least 8.", model, "--api-key-file", folder.File("key"));
        Fails($"{folder.Write("key", " \n")} is empty; it should hold the key that clients must send.", model, "--api-key-file", folder.File("key"));
        Fails("The server cannot be set up like this: DataAnnotation validation failed for 'ServingOptions' members: 'MaxBatch' with the error: 'The field MaxBatch must be between 1 and 4096.'.", model, "--max-batch", "5000");
    }

    [Fact]
    public void A_port_that_is_taken_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using Process server = Start("--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        string[] lines = server.StandardError.ReadToEnd().TrimEnd('\n').Split('\n');
        server.WaitForExit();
        Assert.Equal(ExitCodes.Failed, server.ExitCode);
        Assert.Equal(2, lines.Length);
        Assert.Contains("Loaded reviews", lines[0]);
        Assert.Equal($"error: Failed to bind to address http://{taken.LocalEndpoint}: address already in use.", lines[1]);
    }

    [Theory]
    [InlineData("--max-delay", "-1", "--max-delay must be from 0 to 10000 milliseconds.")]
    [InlineData("--drain-delay", "1000", "--drain-delay must be from 0 to 600 seconds.")]
    [InlineData("--drain-timeout", "1000", "--drain-timeout must be from 0 to 600 seconds.")]
    [InlineData("--max-batch", "0", "--max-batch must be 1 or more.")]
    [InlineData("--log", "xml", "--log cannot be 'xml'. Known: text, json.")]
    public void Wrong_use_is_told(string option, string value, string message)
    {
        Cli result = Cli.Run("serve", model, option, value);
        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Contains(message, result.Error);
    }

    private static void Fails(string message, params string[] arguments)
    {
        Cli result = Cli.Run(["serve", .. arguments]);
        Assert.Equal((ExitCodes.Failed, $"error: {message}\n"), (result.Code, result.Error[result.Error.IndexOf("error:", StringComparison.Ordinal)..]));
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static async Task<string> UrlIn(Func<string> text)
    {
        for (int i = 0; i < 18000; i++)
        {
            if (Url().Match(text()) is { Success: true } url) return url.Groups[1].Value;
            await Task.Delay(10);
        }
        throw new TimeoutException($"The server did not say in time where it is: {text()}");
    }

    private Process Start(params string[] options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardError = true };
        foreach (string word in (string[])[Path.Combine(AppContext.BaseDirectory, "decant-cli.dll"), "serve", model, .. options]) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^Serving \S+ at (http://\S+)\. Ctrl-C stops\.", RegexOptions.Multiline)]
    private static partial Regex Url();
}
