using System.Globalization;
using System.Text.RegularExpressions;

namespace Decant.Serving.Tests.Metrics;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task Requests_batches_and_exits_are_counted()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        await server.PredictAsync(new { inputs = new[] { "a", "b", "c" }, speed = 0.2 });
        await server.PredictAsync(new { text = "d" });
        await server.PredictAsync(new { text = 5 });
        Dictionary<string, double> samples = Samples(await server.Client.GetStringAsync("/metrics"));
        Assert.Equal(2, samples["""decant_serving_requests_total{model="fake",outcome="ok"}"""]);
        Assert.Equal(1, samples["""decant_serving_requests_total{model="fake",outcome="refused"}"""]);
        Assert.Equal(4, samples["""decant_serving_inputs_total{model="fake"}"""]);
        Assert.Equal(3, samples["""decant_serving_exits_total{model="fake",exit_layer="5"}"""]);
        Assert.Equal(1, samples["""decant_serving_exits_total{model="fake",exit_layer="6"}"""]);
        Assert.Equal(0, samples["""decant_serving_queue_length{model="fake"}"""]);
        Assert.Equal(1, samples["""decant_serving_batch_size_bucket{model="fake",le="1"}"""]);
        Assert.Equal(1, samples["""decant_serving_batch_size_bucket{model="fake",le="2"}"""]);
        Assert.Equal(2, samples["""decant_serving_batch_size_bucket{model="fake",le="4"}"""]);
        Assert.Equal(2, samples["""decant_serving_batch_size_bucket{model="fake",le="+Inf"}"""]);
        Assert.Equal(4, samples["""decant_serving_batch_size_sum{model="fake"}"""]);
        Assert.Equal(2, samples["""decant_serving_request_duration_seconds_count{model="fake",outcome="ok"}"""]);
        Assert.Equal(2, samples["""decant_serving_queue_duration_seconds_count{model="fake"}"""]);
        Assert.True(samples["dotnet_process_memory_working_set_bytes"] > 1e6);
    }

    [Fact]
    public async Task Servers_in_one_process_count_apart()
    {
        await using LiveServer one = await LiveServer.StartAsync(new FakeModel()), other = await LiveServer.StartAsync(new FakeModel());
        await one.PredictAsync(new { text = "a" });
        Assert.Contains("decant_serving_requests_total", await one.Client.GetStringAsync("/metrics"));
        Assert.DoesNotContain("decant_serving_requests_total", await other.Client.GetStringAsync("/metrics"));
    }

    /// <summary>The samples of a scrape; every line must be what Prometheus reads, every sample below the type of its family, every histogram rising.</summary>
    private static Dictionary<string, double> Samples(string text)
    {
        var samples = new Dictionary<string, double>();
        var families = new HashSet<string>();
        string family = "";
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups[1].Value;
                Assert.True(families.Add(family), $"{family} is there twice");
                continue;
            }
            Match sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            Assert.StartsWith(family, line);
            samples.Add(sample.Groups[1].Value, double.Parse(sample.Groups[2].Value.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        }
        return samples;
    }

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"(?:,[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*")*\})?) (\S+)$""")]
    private static partial Regex Sample();
}
