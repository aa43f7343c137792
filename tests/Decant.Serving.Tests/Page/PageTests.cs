using Decant.Models.Checkpoints;

namespace Decant.Serving.Tests.Page;

/// <summary>The page, in a browser, by a person's means: typing, and moving the slider.</summary>
public sealed class PageTests
{
    private const string Answered = "document.querySelectorAll('#answer .bars li').length === 2";

    [SkippableFact]
    public async Task Typing_shows_probabilities_and_the_slider_lets_the_model_leave_earlier()
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model);
        await using Chromium page = await Chromium.OpenAsync(server.Url);
        await page.Until("document.querySelector('#model')?.options.length === 1");
        Assert.Equal("6 layers, 2 labels, up to 128 word pieces", await page.TextOf("#about"));

        await page.TypeAsync("#text", "A <b>fine</b> film – 影.");
        await page.Until(Answered);
        IReadOnlyList<float> scores = model.AnswerTo(new("A <b>fine</b> film – 影.")).Scores;
        int best = scores[1] > scores[0] ? 1 : 0;
        Assert.Equal(model.Labels[best], await page.TextOf("#answer .verdict strong"));
        Assert.Equal(FormattableString.Invariant($"{100 * scores[best]:F1} %"), await page.TextOf("#answer .bars li.top .percent"));
        Assert.Equal(FormattableString.Invariant($"{100 * scores[best]:F1}"), (await page.EvaluateAsync("parseFloat(document.querySelector('#answer .top .fill').style.width).toFixed(1)")).GetString());
        Assert.StartsWith("6 of 6", await page.TextOf("#exit-layer"));
        Assert.EndsWith(" ms", await page.TextOf("#latency"));

        await page.PressAsync("#speed", "ArrowRight", times: 12);
        await page.Until("document.querySelector('#exit-layer')?.innerText.startsWith('3 of 6')");
        Assert.Equal("0.60", await page.TextOf("#speed-value"));
        Assert.Equal(3, (await page.EvaluateAsync("document.querySelectorAll('#exit-layer .on').length")).GetInt32());

        await page.TypeAsync("#pair", "second");
        string expected = FormattableString.Invariant($"{100 * model.AnswerTo(new("A <b>fine</b> film – 影.", "second")).Scores.Max():F1} %");
        await page.Until($"document.querySelector('#answer .bars li.top .percent')?.innerText === '{expected}'");
        Assert.Empty(page.Errors);
        Assert.All(page.Requested.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)), url => Assert.StartsWith(server.Url, url));
        Assert.Contains(page.Requested, url => url.EndsWith("/v1/models/fake/predict", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Choosing_another_model_asks_that_one()
    {
        FakeModel adaptive = new(), number = new() { Problem = ProblemType.Regression, IsAdaptive = false, Labels = ["LABEL_0"] };
        await using LiveServer server = await LiveServer.StartAsync([adaptive.Source("adaptive"), number.Source("number")]);
        await using Chromium page = await Chromium.OpenAsync(server.Url);
        await page.Until("document.querySelector('#model')?.options.length === 2");
        await page.TypeAsync("#text", "abc");
        await page.Until(Answered);
        await page.EvaluateAsync("{ const list = document.querySelector('#model'); list.value = 'number'; list.dispatchEvent(new Event('change')); }");
        string expected = FormattableString.Invariant($"{number.AnswerTo(new("abc")).Scores[0]:F3}");
        await page.Until($"document.querySelector('#answer .verdict strong')?.innerText === '{expected}'");
        Assert.True((await page.EvaluateAsync("document.querySelector('#speed').disabled")).GetBoolean());
        Assert.Equal("This model always runs to its last layer.", await page.TextOf("#speed-hint"));
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task A_link_may_carry_an_input()
    {
        FakeModel first = new(), second = new();
        await using LiveServer server = await LiveServer.StartAsync([first.Source("first"), second.Source("second")]);
        await using Chromium page = await Chromium.OpenAsync($"{server.Url}/?text=a%20%26%20b&pair=c&model=second&speed=0.4");
        await page.Until(Answered);
        Assert.Equal(["a & b"], Assert.Single(second.Batches));
        Assert.StartsWith("4 of 6", await page.TextOf("#exit-layer"));
        Assert.Empty(first.Batches);
    }

    [SkippableFact]
    public async Task A_key_is_asked_for_where_one_is_needed()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel(), o => o.ApiKey = "correct horse");
        await using Chromium page = await Chromium.OpenAsync(server.Url);
        await page.Until("document.querySelector('#key-card')?.hidden === false");
        await page.TypeAsync("#key", "correct horse");
        await page.EvaluateAsync("document.querySelector('#key').dispatchEvent(new Event('change'))");
        await page.Until("document.querySelector('#model').options.length === 1");
        await page.TypeAsync("#text", "abc");
        await page.Until(Answered);
    }

    [SkippableFact]
    public async Task What_the_server_refuses_is_shown_as_text()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel(), o => o.MaxTextLength = 5);
        await using Chromium page = await Chromium.OpenAsync(server.Url);
        await page.Until("document.querySelector('#model')?.options.length === 1");
        await page.TypeAsync("#text", "longer than five");
        await page.Until("document.querySelector('#answer .problem')");
        Assert.StartsWith("text has 16 characters; a text may have 5.", await page.TextOf("#answer .problem"));
    }
}
