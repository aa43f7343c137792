using Decant.Serving.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Decant.Serving.Hosting;

/// <summary>Whether requests should be sent here: the models are loaded, and the server is not stopping.</summary>
/// <param name="catalog">Exists only when all models are loaded and warm.</param>
/// <param name="draining">Knows whether the order to stop has come.</param>
internal sealed class ReadyCheck(ModelCatalog catalog, Draining draining) : IHealthCheck
{
    public const string Tag = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        draining.HasBegun ? HealthCheckResult.Unhealthy("The server is stopping.") : HealthCheckResult.Healthy($"{catalog.Models.Count} models are loaded."));
}
