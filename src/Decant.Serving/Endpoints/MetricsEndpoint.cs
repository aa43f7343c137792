using Decant.Serving.Metrics;
using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Endpoints;

/// <summary><c>GET /metrics</c></summary>
internal static class MetricsEndpoint
{
    public static IResult Read(PrometheusExporter exporter) => TypedResults.Text(exporter.Write(), PrometheusExporter.ContentType);
}
