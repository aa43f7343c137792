using System.Net;
using System.Text.Json;
using Decant.Models.Checkpoints;

namespace Decant.Serving.Tests.Endpoints;

public sealed class PredictTests
{
    [Fact]
    public async Task One_text_gets_one_prediction()
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model);
        JsonElement body = await LiveServer.JsonAsync((await server.PredictAsync(new { text = "A fine film." })).EnsureSuccessStatusCode());
        Assert.Equal("fake", body.GetProperty("model").GetString());
        JsonElement prediction = Assert.Single(body.GetProperty("predictions").EnumerateArray());
        IReadOnlyList<float> expected = model.AnswerTo(new("A fine film.")).Scores;
        int best = expected[1] > expected[0] ? 1 : 0;
        Assert.Equal(model.Labels[best], prediction.GetProperty("label").GetString());
        Assert.Equal(expected[best], prediction.GetProperty("score").GetSingle());
        Assert.Equal(expected[0], prediction.GetProperty("scores").GetProperty("negative").GetSingle());
        Assert.Equal(6, prediction.GetProperty("exit_layer").GetInt32());
        Assert.Equal(1, body.GetProperty("timing").GetProperty("batch_size").GetInt32());
    }

    [Fact]
    public async Task Texts_and_pairs_may_be_mixed_and_keep_their_order()
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model);
        JsonElement body = await LiveServer.JsonAsync(await server.PredictAsync(new { inputs = new object[] { "a", new { text = "b", pair = "c" }, new { text = "" }, new { text = "ü – 影 😀", pair = (string?)null } } }));
        float[] expected = [.. new[] { ("a", null), ("b", "c"), ("", null), ("ü – 影 😀", (string?)null) }.Select(i => model.AnswerTo(new(i.Item1, i.Item2)).Scores[1])];
        Assert.Equal(expected, body.GetProperty("predictions").EnumerateArray().Select(p => p.GetProperty("scores").GetProperty("positive").GetSingle()));
    }

    [Fact]
    public async Task Scores_come_highest_first_and_as_many_as_asked_for()
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model);
        string[] Labels(JsonElement body) => [.. body.GetProperty("predictions")[0].GetProperty("scores").EnumerateObject().Select(p => p.Name)];
        JsonElement all = await LiveServer.JsonAsync(await server.PredictAsync(new { text = "abc" })), one = await LiveServer.JsonAsync(await server.PredictAsync(new { text = "abc", top_k = 1 }));
        string label = all.GetProperty("predictions")[0].GetProperty("label").GetString()!;
        Assert.Equal([label, model.Labels.Single(l => l != label)], Labels(all));
        Assert.Equal([label], Labels(one));
    }

    [Fact]
    public async Task Speed_reaches_the_model()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        JsonElement body = await LiveServer.JsonAsync(await server.PredictAsync(new { text = "abc", speed = 0.6 }));
        Assert.Equal(3, body.GetProperty("predictions")[0].GetProperty("exit_layer").GetInt32());
    }

    [Fact]
    public async Task A_model_without_branches_refuses_speed()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel { IsAdaptive = false });
        Assert.Equal((400, "The model 'fake' has no branches to leave at, so speed must be 0 or left out. FastBERT models have."),
            await LiveServer.ProblemAsync(await server.PredictAsync(new { text = "abc", speed = 0.1 })));
        JsonElement body = await LiveServer.JsonAsync((await server.PredictAsync(new { text = "abc", speed = 0 })).EnsureSuccessStatusCode());
        Assert.False(body.GetProperty("predictions")[0].TryGetProperty("exit_layer", out _));
    }

    [Fact]
    public async Task Regression_answers_with_a_number()
    {
        var model = new FakeModel { Problem = ProblemType.Regression, Labels = ["LABEL_0"] };
        await using LiveServer server = await LiveServer.StartAsync(model);
        JsonElement prediction = (await LiveServer.JsonAsync(await server.PredictAsync(new { text = "a", pair = "b" }))).GetProperty("predictions")[0];
        Assert.Equal(model.AnswerTo(new("a", "b")).Scores[0], prediction.GetProperty("value").GetSingle());
        Assert.Equal(["value", "exit_layer"], prediction.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Multi_label_answers_with_labels()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel { Problem = ProblemType.MultiLabel });
        JsonElement prediction = (await LiveServer.JsonAsync(await server.PredictAsync(new { text = "abc" }))).GetProperty("predictions")[0];
        Assert.Equal(JsonValueKind.Array, prediction.GetProperty("labels").ValueKind);
        Assert.False(prediction.TryGetProperty("label", out _));
    }

    [Fact]
    public async Task Each_model_answers_under_its_own_name()
    {
        FakeModel reviews = new(), numbers = new() { Problem = ProblemType.Regression, Labels = ["LABEL_0"], IsAdaptive = false };
        await using LiveServer server = await LiveServer.StartAsync([reviews.Source("reviews"), numbers.Source("numbers")]);
        await server.PredictAsync(new { text = "r" }, "reviews");
        await server.PredictAsync(new { text = "n" }, "numbers");
        Assert.Equal(["r"], Assert.Single(reviews.Batches));
        Assert.Equal(["n"], Assert.Single(numbers.Batches));
        Assert.Equal((404, "There is no model 'review'. Did you mean reviews? Known: reviews, numbers."), await LiveServer.ProblemAsync(await server.PredictAsync(new { text = "r" }, "review")));
    }

    [Fact]
    public async Task What_a_model_cannot_answer_is_told_without_its_inside()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        Assert.Equal((500, "The server failed on this request. Its log says why."), await LiveServer.ProblemAsync(await server.PredictAsync(new { text = FakeModel.Poison })));
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { text = "healthy" })).StatusCode);
    }
}
