using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Tests;

namespace Decant.Serving.Tests.Page;

/// <summary>A headless Chromium with one page, spoken to by the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _lastId;

    private Chromium(TemporaryFolder profile, Process process) => (_profile, _process) = (profile, process);

    /// <summary>Every address that the page asked for.</summary>
    public List<string> Requested { get; } = [];

    /// <summary>What went wrong in the page.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Where the browser is; null on a system without one.</summary>
    public static string? Path { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Starts the browser and opens a page. Skips the test, saying why, where there is none.</summary>
    public static async Task<Chromium> OpenAsync(string url)
    {
        Skip.If(Path is null, "Chromium is not installed; the page was not looked at.");
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(Path!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=900,1000", "--remote-debugging-port=0", $"--user-data-dir={profile.Root}", "about:blank"])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var browser = new Chromium(profile, process);
        await browser.ConnectAsync();
        foreach (string domain in (string[])["Page", "Runtime", "Network"]) await browser.SendAsync($"{domain}.enable");
        await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        return browser;
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        JsonElement result = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.False(result.TryGetProperty("exceptionDetails", out JsonElement error), $"{expression}: {error}");
        return result.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    public async Task<string> TextOf(string selector) => (await EvaluateAsync($"document.querySelector('{selector}')?.innerText ?? ''")).GetString()!;

    /// <summary>Waits until an expression in the page is true.</summary>
    public async Task Until(string expression)
    {
        long started = Stopwatch.GetTimestamp();
        while ((await EvaluateAsync($"!!({expression})")).ValueKind != JsonValueKind.True)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < patience, $"Not true in time: {expression}. Errors: {string.Join("; ", Errors)}. Page: {await TextOf("body")}");
            await Task.Delay(20);
        }
    }

    /// <summary>Types into a field, as a person does.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await EvaluateAsync($"document.querySelector('{selector}').focus()");
        await SendAsync("Input.insertText", new JsonObject { ["text"] = text });
    }

    /// <summary>Moves a slider by keys.</summary>
    public async Task PressAsync(string selector, string key, int times)
    {
        await EvaluateAsync($"document.querySelector('{selector}').focus()");
        for (int i = 0; i < times; i++)
            foreach (string type in (string[])["rawKeyDown", "keyUp"])
                await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = key == "ArrowRight" ? 39 : 37 });
    }

    /// <summary>A picture of the page, PNG.</summary>
    public async Task<byte[]> PictureAsync(int width, int height)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        return (await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" })).GetProperty("data").GetBytesFromBase64();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        // Children that are just ending may still write.
        for (int i = 0; ; i++)
        {
            try { _profile.Dispose(); return; }
            catch (IOException) when (i < 50) { await Task.Delay(50); }
        }
    }

    private async Task ConnectAsync()
    {
        string file = _profile.File("DevToolsActivePort");
        long started = Stopwatch.GetTimestamp();
        while (!File.Exists(file) || (await File.ReadAllLinesAsync(file)).Length < 2)
        {
            Assert.False(_process.HasExited, "Chromium ended at once.");
            Assert.True(Stopwatch.GetElapsedTime(started) < patience, "Chromium did not start in time.");
            await Task.Delay(20);
        }
        using var http = new HttpClient();
        string port = (await File.ReadAllLinesAsync(file))[0];
        JsonArray pages = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/json/list"))!.AsArray();
        string address = pages.Select(p => p!).First(p => (string?)p["type"] == "page")["webSocketDebuggerUrl"]!.GetValue<string>();
        await _socket.ConnectAsync(new Uri(address), CancellationToken.None);
    }

    private async Task<JsonElement> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_lastId;
        using var late = new CancellationTokenSource(patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] }), WebSocketMessageType.Text, true, late.Token);
        while (true)
        {
            JsonElement message = await ReceiveAsync(late.Token);
            if (!message.TryGetProperty("id", out JsonElement answered)) Notice(message);
            else if (answered.GetInt32() == id) return message.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"{method}: {message}");
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken late)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, late);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(bytes.ToArray()).RootElement;
    }

    private void Notice(JsonElement message)
    {
        JsonElement parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Network.requestWillBeSent":
                Requested.Add(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown":
                Errors.Add(parameters.GetProperty("exceptionDetails").ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters.GetProperty("type").GetString() is "error" or "warning":
                Errors.Add(parameters.GetProperty("args").ToString());
                break;
        }
    }
}
