using System.Text.Json;
using Decant.Inference;

namespace Decant.Serving.Tests;

public sealed class FastBertTests
{
    [Fact]
    public async Task Every_speed_gets_its_own_answer_whoever_asks_beside_it()
    {
        double[] speeds = [0, 0.9, 0.97, 1];
        using var model = new TinyBert(adaptive: true);
        TextInput[] inputs = TinyBert.Inputs(60);
        using var offline = Classifier.Load(model.Path);
        await using LiveServer server = await LiveServer.StartAsync([model.Source()]);
        Assert.True((await LiveServer.JsonAsync(await server.Client.GetAsync("/v1/models/tiny"))).GetProperty("adaptive").GetBoolean());
        Task<HttpResponseMessage>[] calls = [.. inputs.Select((input, i) => server.PredictAsync(new { text = input.Text, pair = input.Pair, speed = speeds[i % speeds.Length] }, "tiny"))];
        var layers = new HashSet<int>();
        for (int i = 0; i < inputs.Length; i++)
        {
            JsonElement served = (await LiveServer.JsonAsync((await calls[i]).EnsureSuccessStatusCode())).GetProperty("predictions")[0];
            Prediction expected = offline.Predict([inputs[i]], new PredictOptions { Speed = speeds[i % speeds.Length] })[0];
            Assert.Equal(expected.ExitLayer, served.GetProperty("exit_layer").GetInt32());
            Assert.Equal(expected.Score!.Value, served.GetProperty("score").GetSingle(), 1e-5f);
            layers.Add(expected.ExitLayer!.Value);
        }
        Assert.Superset(new HashSet<int> { 1, 4 }, layers);
    }
}
