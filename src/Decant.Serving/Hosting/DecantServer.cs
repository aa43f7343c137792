using Decant.Serving.Models;
using Decant.Serving.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Hosting;

/// <summary>A web application that does nothing but serve models.</summary>
public static class DecantServer
{
    /// <summary>
    /// Makes it; the caller starts and stops it. It reads no settings files and no environment variables. Stopping refuses new connections,
    /// answers what was accepted, and only then frees the models.
    /// </summary>
    /// <param name="settings">Models, addresses, limits.</param>
    /// <exception cref="DecantException">An address cannot be used, or there is no model.</exception>
    public static WebApplication Create(DecantServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (string url in settings.Urls) ListenAddress.Check(url);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DecantServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        AddLogging(builder.Logging, settings);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddOpenApi(OpenApiDocument.Name, OpenApiDocument.Configure);
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ServingOptions>>((host, serving) => host.ShutdownTimeout = serving.Value.DrainDelay + serving.Value.DrainTimeout);
        builder.Services.Configure<ProblemDetailsOptions>(problems => problems.CustomizeProblemDetails = Explain);
        DecantServingBuilder models = builder.Services.AddDecant(settings.Options);
        foreach (ModelSource model in settings.Models) models.AddModel(model);
        try
        {
            return Build(builder, settings);
        }
        catch (OptionsValidationException e)
        {
            throw new DecantException($"The server cannot be set up like this: {string.Join(' ', e.Failures)}", e);
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, DecantServerSettings settings)
    {
        WebApplication app = builder.Build();
        foreach (string url in settings.Urls) app.Urls.Add(url);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.MapDecant();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    /// <summary>Routing refuses content types by itself, without a word.</summary>
    private static void Explain(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is { Status: StatusCodes.Status415UnsupportedMediaType, Detail: null }) context.ProblemDetails.Detail = PredictRequestReader.NotJson;
    }

    private static void AddLogging(ILoggingBuilder logging, DecantServerSettings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel);
        logging.AddFilter("Microsoft", (LogLevel)Math.Max((int)LogLevel.Warning, (int)settings.LogLevel));
        // What ends the start is thrown to the caller, who tells it in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (settings.LogsJson) logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        else logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat) = (true, "HH:mm:ss "));
        // Standard output is for results.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Whoever made the server decides when it ends: signals are not its own.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
