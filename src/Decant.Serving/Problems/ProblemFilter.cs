using Decant.Serving.Batching;
using Decant.Serving.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Problems;

/// <summary>Turns what endpoints throw into problem details. What went wrong inside is logged and not told.</summary>
internal sealed partial class ProblemFilter(ILogger<ProblemFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return Answer(context.HttpContext, e);
        }
    }

    private IResult Answer(HttpContext context, Exception error)
    {
        switch (error)
        {
            case RequestException e:
                return Problem.Of(e.Status, e.Message);
            case OverloadedException e:
                return Problem.Later(context, StatusCodes.Status503ServiceUnavailable, e.Message, e.RetryAfter);
            case DecantException e:
                return Problem.Of(StatusCodes.Status400BadRequest, e.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.Of(StatusCodes.Status413PayloadTooLarge, "The body is larger than this server takes. Send fewer inputs in a request.");
            case BadHttpRequestException e:
                return Problem.Of(e.StatusCode, e.Message);
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                return Results.Empty;  // there is nobody to tell
            default:
                LogFailed(logger, error, context.Request.Method, context.Request.Path);
                return Problem.Of(StatusCodes.Status500InternalServerError, "The server failed on this request. Its log says why.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string path);
}
