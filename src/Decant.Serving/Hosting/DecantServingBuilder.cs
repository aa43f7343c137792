using Decant.Serving.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Serving.Hosting;

/// <summary>Adds models to a server.</summary>
/// <param name="services">The application's services.</param>
public sealed class DecantServingBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Adds a model of any kind.</summary>
    /// <param name="source">Its name, and how it comes into memory.</param>
    /// <returns>This builder.</returns>
    public DecantServingBuilder AddModel(ModelSource source)
    {
        Services.AddSingleton(source);
        return this;
    }
}
