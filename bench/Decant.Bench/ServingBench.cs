using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decant.Text.Data;

namespace Decant.Bench;

/// <summary>
/// Load on a running server: so many clients, each with a connection of its own, send one sentence of SST-2 dev after the other, each as soon as the one
/// before is answered. Prints requests a second, also of the server's processor time, latencies as a client sees them, the mean batch and the server's memory:
/// <c>serving URL MODEL DATA CLIENTS SECONDS [REPORTS]</c>; with several reports a line for each part of the time.
/// </summary>
internal static partial class ServingBench
{
    // Until what is called often is compiled for good.
    private const double WarmUpSeconds = 10;

    public static void Run(string[] args)
    {
        string url = args[0], path = $"/v1/models/{args[1]}/predict";
        byte[][] bodies = [.. Glue.Load("sst-2", args[2], "dev").Examples.Select(e => JsonSerializer.SerializeToUtf8Bytes(new { text = e.Text }))];
        int clients = int.Parse(args[3], CultureInfo.InvariantCulture);
        double seconds = double.Parse(args[4], CultureInfo.InvariantCulture);
        int reports = args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : 1;
        RunAsync(url, path, bodies, clients, seconds, reports).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(string url, string path, byte[][] bodies, int clients, double seconds, int reports)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url) };
        using var stop = new CancellationTokenSource();
        var latencies = new ConcurrentQueue<double>();
        Task[] running = [.. Enumerable.Range(0, clients).Select(i => Task.Run(() => AskAsync(http, path, bodies, i * 7919, latencies, stop.Token)))];
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds));
        for (int report = 0; report < reports; report++)
        {
            latencies.Clear();
            Counts before = await CountsAsync(http);
            long started = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(seconds / reports));
            double took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            double[] seen = [.. latencies];
            Counts after = await CountsAsync(http);
            if (seen.Length == 0) throw new DecantException("Not one request was answered in the time; give it more.");
            Array.Sort(seen);
            double At(double share) => seen[(int)(share * (seen.Length - 1))] * 1000;
            Console.WriteLine(FormattableString.Invariant(
                $"{clients} clients: {seen.Length / took:F0} requests/s, {seen.Length / (after.Processor - before.Processor):F0} per processor second of the server, p50 {At(0.5):F1} ms, p95 {At(0.95):F1} ms, p99 {At(0.99):F1} ms, mean batch {(after.Inputs - before.Inputs) / (after.Batches - before.Batches):F1}, memory {after.Memory / 1e6:F0} MB"));
        }
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static async Task AskAsync(HttpClient http, string path, byte[][] bodies, int next, ConcurrentQueue<double> latencies, CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; next++)
        {
            using var content = new ByteArrayContent(bodies[next % bodies.Length]);
            content.Headers.ContentType = new("application/json");
            long started = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.PostAsync(path, content, CancellationToken.None);
            await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (response.StatusCode != HttpStatusCode.OK) throw new DecantException($"The server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
            latencies.Enqueue(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    private static async Task<Counts> CountsAsync(HttpClient http)
    {
        string text = await http.GetStringAsync("/metrics");
        double Sum(Regex sample) => sample.Matches(text).Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        return new Counts(Sum(BatchCount()), Sum(BatchSum()), Sum(Memory()), Sum(Processor()));
    }

    [GeneratedRegex(@"^decant_serving_batch_size_count\S* (\S+)$", RegexOptions.Multiline)]
    private static partial Regex BatchCount();

    [GeneratedRegex(@"^decant_serving_batch_size_sum\S* (\S+)$", RegexOptions.Multiline)]
    private static partial Regex BatchSum();

    // User and system time of all threads: what other work on the machine does not change.
    [GeneratedRegex(@"^dotnet_process_cpu_time_seconds_total\S* (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Processor();

    private sealed record Counts(double Batches, double Inputs, double Memory, double Processor);

    [GeneratedRegex(@"^dotnet_process_memory_working_set_bytes (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Memory();
}
