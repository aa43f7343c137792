using Decant.Inference;
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

    /// <summary>Adds a model from a folder.</summary>
    /// <param name="name">What clients call it.</param>
    /// <param name="path">A Hugging Face model folder.</param>
    /// <param name="options">Longest input, device; null for the defaults.</param>
    /// <returns>This builder.</returns>
    public DecantServingBuilder AddModel(string name, string path, ClassifierOptions? options = null) => AddModel(ModelSource.OfFolder(name, path, options));
}
