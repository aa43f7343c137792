using System.Net;
using System.Text;
using Decant.Tests;

namespace Decant.Serving.Tests.Reading;

/// <summary>What clients may send, and what they are told when it is something else.</summary>
public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("", "The body is empty; send {\"text\": \"…\"} or {\"inputs\": [\"…\"]}.")]
    [InlineData("[]", "The body must be an object, not a list.")]
    [InlineData("\"A fine film.\"", "The body must be an object, not a text.")]
    [InlineData("null", "The body must be an object, not null.")]
    [InlineData("{}", "There is nothing to predict: send text or inputs.")]
    [InlineData("{\"text\": null}", "There is nothing to predict: send text or inputs.")]
    [InlineData("{\"txt\": \"a\"}", "The body has a field 'txt' that is not known. Did you mean text? Known: inputs, text, pair, speed, top_k.")]
    [InlineData("{\"text\": 5}", "text must be a text, not a number.")]
    [InlineData("{\"text\": \"a\", \"pair\": [\"b\"]}", "pair must be a text, not a list.")]
    [InlineData("{\"pair\": \"b\"}", "pair is the second text of a pair; the first, text, is missing.")]
    [InlineData("{\"text\": \"a\", \"inputs\": [\"b\"]}", "Send either inputs, or text with or without pair; not both.")]
    [InlineData("{\"inputs\": []}", "inputs is empty; send at least one.")]
    [InlineData("{\"inputs\": \"a\"}", "inputs must be a list, not a text. One text goes into text.")]
    [InlineData("{\"inputs\": {\"text\": \"a\"}}", "inputs must be a list, not an object. One text goes into text.")]
    [InlineData("{\"inputs\": [\"a\", 7]}", "inputs[1] must be a text or an object with text and pair, not a number.")]
    [InlineData("{\"inputs\": [\"a\", null]}", "inputs[1] must be a text or an object with text and pair, not null.")]
    [InlineData("{\"inputs\": [{\"pair\": \"b\"}]}", "inputs[0] has no text.")]
    [InlineData("{\"inputs\": [{\"text\": true}]}", "inputs[0].text must be a text, not true or false.")]
    [InlineData("{\"inputs\": [{\"text\": \"a\", \"pairs\": \"b\"}]}", "inputs[0] has a field 'pairs' that is not known. Did you mean pair? Known: text, pair.")]
    [InlineData("{\"text\": \"a\", \"speed\": 1.5}", "speed must be a number from 0 to 1, not 1.5.")]
    [InlineData("{\"text\": \"a\", \"speed\": -1e-9}", "speed must be a number from 0 to 1, not -1e-9.")]
    [InlineData("{\"text\": \"a\", \"speed\": 1e999}", "speed must be a number from 0 to 1, not 1e999.")]
    [InlineData("{\"text\": \"a\", \"speed\": \"0.5\"}", "speed must be a number from 0 to 1, not a text.")]
    [InlineData("{\"text\": \"a\", \"top_k\": 0}", "top_k must be a whole number from 1, not 0.")]
    [InlineData("{\"text\": \"a\", \"top_k\": 1.5}", "top_k must be a whole number from 1, not 1.5.")]
    [InlineData("{\"text\": \"a\", \"top_k\": 99999999999}", "top_k must be a whole number from 1, not 99999999999.")]
    [InlineData("{\"text\": \"\\ud800\"}", "text is not valid Unicode.")]
    public async Task What_is_wrong_is_named(string body, string message)
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        Assert.Equal((400, message), await LiveServer.ProblemAsync(await Send(server, Encoding.UTF8.GetBytes(body))));
    }

    [Theory]
    [InlineData("{\"text\": \"a\"")]
    [InlineData("{\"text\": \"a\"} {}")]
    [InlineData("{'text': 'a'}")]
    [InlineData("{\"text\": \"a\", \"text\": \"b\"}")]
    [InlineData("{\"inputs\": [[[[[[[[[[[[\"a\"]]]]]]]]]]]]}")]
    [InlineData("\u0000")]
    public async Task What_is_not_json_is_told_with_the_place(string body)
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        (int status, string detail) = await LiveServer.ProblemAsync(await Send(server, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(400, status);
        Assert.StartsWith("The body is not JSON: ", detail);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        byte[] body = [.. "{\"text\": \"a"u8, 0xff, 0xfe, .. "\"}"u8];
        Assert.Equal((400, "text is not valid Unicode."), await LiveServer.ProblemAsync(await Send(server, body)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Only_json_is_read(string? type)
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        Assert.Equal((415, "The body must be JSON: send it with Content-Type: application/json."),
            await LiveServer.ProblemAsync(await Send(server, "{\"text\": \"a\"}"u8.ToArray(), type)));
    }

    [Fact]
    public async Task Too_much_of_anything_is_refused()
    {
        var model = new FakeModel();
        await using LiveServer server = await LiveServer.StartAsync(model, o => (o.MaxTextLength, o.MaxInputs, o.MaxRequestBytes) = (10, 3, 5000));
        Assert.Equal((400, "inputs[1].pair has 11 characters; a text may have 10. A BERT reads a few hundred words: send its beginning."),
            await LiveServer.ProblemAsync(await server.PredictAsync(new { inputs = new object[] { "a", new { text = "b", pair = new string('c', 11) } } })));
        Assert.Equal((400, "inputs has 4 entries; a request may have 3. Send several requests."), await LiveServer.ProblemAsync(await server.PredictAsync(new { inputs = new[] { "a", "b", "c", "d" } })));
        byte[] huge = Encoding.UTF8.GetBytes($"{{\"text\": \"{new string('a', 6000)}\"}}");
        Assert.Equal((413, "The body is larger than this server takes. Send fewer inputs in a request."), await LiveServer.ProblemAsync(await Send(server, huge)));
        Assert.Equal((413, "The body is larger than this server takes. Send fewer inputs in a request."), await LiveServer.ProblemAsync(await Send(server, huge, chunked: true)));
        Assert.Equal(HttpStatusCode.OK, (await server.PredictAsync(new { inputs = new[] { "0123456789", "b", "c" } })).StatusCode);
        Assert.Single(model.Batches);
    }

    [Fact]
    public async Task Damaged_bodies_never_make_the_server_fail()
    {
        await using LiveServer server = await LiveServer.StartAsync(new FakeModel());
        byte[] good = Encoding.UTF8.GetBytes("{\"inputs\": [\"größe\", {\"text\": \"a \\u00e9 b\", \"pair\": null}], \"speed\": 0.25, \"top_k\": 2}");
        var seen = new HashSet<HttpStatusCode>();
        foreach (byte[] body in Mutations.Of(good, 500, seed: 4)) seen.Add((await Send(server, body)).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], seen.Order());
    }

    private static Task<HttpResponseMessage> Send(LiveServer server, byte[] body, string? type = "application/json", bool chunked = false)
    {
        HttpContent content = chunked ? new StreamContent(new Unmeasured(body)) : new ByteArrayContent(body);
        if (type is not null) content.Headers.ContentType = new(type);
        return server.Client.PostAsync("/v1/models/fake/predict", content);
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
