using System.Diagnostics;
using Decant.Inference;
using Decant.Serving.Batching;
using Decant.Serving.Contract;
using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Decant.Serving.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Endpoints;

/// <summary><c>POST /v1/models/{name}/predict</c></summary>
internal sealed partial class PredictEndpoint(ModelCatalog catalog, ServingMetrics metrics, IOptions<ServingOptions> options, ILogger<PredictEndpoint> logger)
{
    private readonly PredictRequestReader _reader = new(options.Value);

    public async Task<IResult> HandleAsync(string name, HttpContext context)
    {
        ServedModel model = catalog.Find(name) ?? throw ModelsEndpoint.Unknown(catalog, name);
        long started = Stopwatch.GetTimestamp();
        string outcome = "failed";
        int inputs = 0;
        try
        {
            // Before the body is read: a server under too much load must not spend work on what it cannot take.
            if (model.Queue.IsFull) throw new OverloadedException(name, model.Queue.RetryAfter);
            PredictRequest request = await _reader.ReadAsync(context.Request).ConfigureAwait(false);
            inputs = request.Inputs!.Count;
            TextInput[] texts = [.. request.Inputs.Select(input => new TextInput(input.Text, input.Pair))];
            BatchedAnswers answers = await model.PredictAsync(texts, request.Speed, context.RequestAborted).ConfigureAwait(false);
            PredictResponse response = Answers.Of(model, answers, request.TopK);
            metrics.CountAnswer(name, inputs, answers.Waited);
            outcome = "ok";
            return TypedResults.Json(response, ServingJson.Default.PredictResponse);
        }
        catch (Exception e)
        {
            outcome = OutcomeOf(e, context);
            throw;
        }
        finally
        {
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            metrics.CountRequest(name, outcome, took);
            LogRequest(logger, name, inputs, outcome, took.TotalMilliseconds);
        }
    }

    private static string OutcomeOf(Exception error, HttpContext context) => error switch
    {
        OverloadedException => "overloaded",
        _ when context.RequestAborted.IsCancellationRequested => "abandoned",
        DecantException or BadHttpRequestException => "refused",
        _ => "failed",
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Model} {Inputs} inputs {Outcome} in {Milliseconds:F1} ms")]
    private static partial void LogRequest(ILogger logger, string model, int inputs, string outcome, double milliseconds);
}
