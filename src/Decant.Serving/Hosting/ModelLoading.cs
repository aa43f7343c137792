using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Microsoft.Extensions.Hosting;

namespace Decant.Serving.Hosting;

/// <summary>Loads the models, and begins to count, before the first request can come: a wrong path ends the start.</summary>
internal sealed class ModelLoading : IHostedService
{
    // What is made by dependency injection is loaded and listening when it exists.
    public ModelLoading(ModelCatalog catalog, PrometheusExporter exporter) => (_, _) = (catalog, exporter);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
