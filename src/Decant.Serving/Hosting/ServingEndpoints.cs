using Decant.Serving.Access;
using Decant.Serving.Contract;
using Decant.Serving.Endpoints;
using Decant.Serving.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Hosting;

/// <summary>The server's addresses.</summary>
public static class ServingEndpoints
{
    /// <summary>
    /// Maps <c>/v1/models</c>, <c>/v1/models/{name}</c>, <c>/v1/models/{name}/predict</c>, <c>/metrics</c>, <c>/health/live</c>, <c>/health/ready</c> and the
    /// page at <c>/</c>. <see cref="ServingOptions.RequestsPerSecond"/> needs <c>app.UseRateLimiter()</c> before it.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it, such as <c>app.MapGroup("/decant")</c>.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapDecant(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ServingOptions options = endpoints.ServiceProvider.GetRequiredService<IOptions<ServingOptions>>().Value;
        MapOpen(endpoints);
        RouteGroupBuilder closed = endpoints.MapGroup("").AddEndpointFilter<ProblemFilter>().AddEndpointFilter<ApiKeyFilter>();
        closed.MapGet("/metrics", MetricsEndpoint.Read).ExcludeFromDescription();
        MapModels(closed.MapGroup("/v1/models"), options);
        return endpoints;
    }

    private static void MapOpen(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", PageEndpoint.Show).ExcludeFromDescription();
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).DisableRateLimiting();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyCheck.Tag) }).DisableRateLimiting();
    }

    private static void MapModels(RouteGroupBuilder models, ServingOptions options)
    {
        models.WithTags("models").RequireRateLimiting(RequestRates.Policy).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        models.MapGet("", ModelsEndpoint.List).WithName("listModels").WithSummary("The models that are served").Produces<ModelList>();
        models.MapGet("/{name}", ModelsEndpoint.One).WithName("describeModel").WithSummary("One model").Produces<ModelBody>().ProducesProblem(StatusCodes.Status404NotFound);
        RouteHandlerBuilder predict = models.MapPost("/{name}/predict", (string name, HttpContext context, PredictEndpoint endpoint) => endpoint.HandleAsync(name, context));
        predict.WithName("predict").WithSummary("Classifies texts and pairs of texts").Accepts<PredictRequest>("application/json").Produces<PredictResponse>();
        predict.WithMetadata(new RequestSizeLimitAttribute(options.MaxRequestBytes));
        foreach (int problem in (int[])[StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable]) predict.ProducesProblem(problem);
    }
}
