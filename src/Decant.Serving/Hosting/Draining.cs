using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Hosting;

/// <summary>
/// The first step of stopping: the server says that it is not ready any more, and goes on answering for a while, so that whoever sends it
/// requests can turn elsewhere. Closing the door and finishing what is inside comes after, and is the web server's.
/// </summary>
internal sealed class Draining(IOptions<ServingOptions> options, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private volatile bool _stopping;

    /// <summary>Whether the order to stop has come.</summary>
    public bool HasBegun => _stopping || lifetime.ApplicationStopping.IsCancellationRequested;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        return Task.Delay(options.Value.DrainDelay, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
