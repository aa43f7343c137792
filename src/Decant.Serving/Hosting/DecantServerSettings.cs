using Decant.Serving.Models;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Hosting;

/// <summary>What makes a server of its own.</summary>
public sealed record DecantServerSettings
{
    /// <summary>Where it listens if nothing else is said: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The models, at least one.</summary>
    public required IReadOnlyList<ModelSource> Models { get; init; }

    /// <summary>Addresses such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one. Default <see cref="DefaultUrl"/>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Sets options; null for the defaults.</summary>
    public Action<ServingOptions>? Options { get; init; }

    /// <summary>Whether log lines are JSON objects. Default false: text.</summary>
    public bool LogsJson { get; init; }

    /// <summary>The least that is logged. Default <see cref="LogLevel.Information"/>; <see cref="LogLevel.Debug"/> logs every predict request.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
