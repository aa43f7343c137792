using System.Net.Http.Json;
using System.Text.Json;
using Decant.Inference;

namespace Decant.Serving.Tests;

public sealed class LoadTests
{
    [Fact]
    public async Task A_thousand_clients_at_once_get_what_the_model_says_offline()
    {
        const int Clients = 1000, Each = 3;
        using var model = new TinyBert();
        TextInput[] inputs = TinyBert.Inputs(Clients * Each);
        using var offline = Classifier.Load(model.Path);
        IReadOnlyList<Prediction> expected = offline.Predict(inputs);
        await using LiveServer server = await LiveServer.StartAsync([model.Source()], o => (o.QueueCapacity, o.MaxBatch) = (Clients * Each, 64));

        using var gate = new SemaphoreSlim(0);
        Task<JsonElement>[] clients = [.. Enumerable.Range(0, Clients).Select(i => AskAsync(server, gate, inputs[(i * Each)..((i + 1) * Each)], oneByOne: i % 2 == 0))];
        gate.Release(Clients);
        JsonElement[] answers = await Task.WhenAll(clients);

        int largest = 0;
        for (int client = 0; client < Clients; client++)
        {
            JsonElement[] predictions = [.. answers[client].EnumerateArray()];
            Assert.Equal(Each, predictions.Length);
            for (int i = 0; i < Each; i++) AssertSame(expected[client * Each + i], predictions[i].GetProperty("prediction"), offline.Labels);
            largest = Math.Max(largest, predictions.Max(p => p.GetProperty("batch").GetInt32()));
        }
        Assert.InRange(largest, Each + 1, 64);  // inputs of several clients were computed together
    }

    private static void AssertSame(Prediction expected, JsonElement prediction, IReadOnlyList<string> labels)
    {
        // The last bits of a sum depend on what lies beside it in the batch.
        for (int i = 0; i < labels.Count; i++) Assert.Equal(expected.Scores[i], prediction.GetProperty("scores").GetProperty(labels[i]).GetSingle(), 1e-5f);
        if (expected.Top[0].Score - expected.Top[1].Score > 1e-4f) Assert.Equal(expected.Label, prediction.GetProperty("label").GetString());
    }

    private static async Task<JsonElement> AskAsync(LiveServer server, SemaphoreSlim gate, TextInput[] inputs, bool oneByOne)
    {
        using HttpClient client = server.NewClient();
        await gate.WaitAsync();
        var results = new List<object>();
        foreach (TextInput[] some in oneByOne ? inputs.Chunk(1) : [inputs])
        {
            HttpResponseMessage response = await client.PostAsJsonAsync("/v1/models/tiny/predict", new { inputs = some.Select(i => new { text = i.Text, pair = i.Pair }) });
            JsonElement body = await LiveServer.JsonAsync(response.EnsureSuccessStatusCode());
            int batch = body.GetProperty("timing").GetProperty("batch_size").GetInt32();
            results.AddRange(body.GetProperty("predictions").EnumerateArray().Select(p => new { prediction = p, batch }));
        }
        return JsonSerializer.SerializeToElement(results);
    }
}
