using Decant.Serving.Access;
using Decant.Serving.Endpoints;
using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Hosting;

/// <summary>Puts the server into an ASP.NET Core application.</summary>
public static class ServingServices
{
    /// <summary>
    /// Adds what <see cref="ServingEndpoints.MapDecant"/> maps. Models are added to the result, and are loaded before the application takes its
    /// first request.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults. Options out of range end the start of the application.</param>
    /// <returns>Where models are added.</returns>
    public static DecantServingBuilder AddDecant(this IServiceCollection services, Action<ServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ServingOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddProblemDetails();
        services.TryAddSingleton<ServingMetrics>();
        services.TryAddSingleton<PrometheusExporter>();
        services.TryAddSingleton<ModelCatalog>();
        services.TryAddSingleton<PredictEndpoint>();
        services.TryAddSingleton<Draining>();
        services.AddHostedService<ModelLoading>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<ReadyCheck>("decant", tags: [ReadyCheck.Tag]);
        services.AddRateLimiter(limiter => RequestRates.AddTo(limiter, OptionsOf));
        return new DecantServingBuilder(services);
    }

    private static ServingOptions OptionsOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<ServingOptions>>().Value;
}
