using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Distillation.Experiments;
using Decant.Inference;
using Decant.Serving;
using Decant.Serving.Hosting;
using Decant.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Decant.Cli.Commands;

/// <summary><c>decant serve</c></summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly Argument<string[]> _models = new("model") { HelpName = "MODEL", Arity = ArgumentArity.OneOrMore, Description = "Model folders, or folders of finished runs; NAME=MODEL names one." };
    private readonly Option<string[]> _urls = new("--urls")
    {
        HelpName = "URL", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [DecantServerSettings.DefaultUrl],
        Description = "Where to listen. Only this machine can reach the default; http://0.0.0.0:8080 is open to the network.",
    };
    private readonly Option<int?> _maxLength = new("--max-length") { HelpName = "N", Description = "Longest input in word pieces. Default: what a model can read." };
    private readonly ServeLimits _limits = new();
    private readonly Option<string> _log = new("--log") { HelpName = "FORMAT", Description = "text or json, on standard error.", DefaultValueFactory = _ => "text" };
    private readonly Option<bool> _logRequests = new("--log-requests") { Description = "Log every predict request." };

    public ServeCommand() : base("serve", "Answer over HTTP: a JSON API, a page to try the models with, metrics and health checks.")
    {
        Add(_models);
        Add(_urls);
        Add(_maxLength);
        _limits.AddTo(this);
        Add(_log);
        Add(_logRequests);
        CommonOptions.RequireAtLeast(_maxLength, 3);
        CommonOptions.RequireOneOf(_log, ["text", "json"]);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("decant serve runs/student", "page and API at http://127.0.0.1:8080"),
        ("decant serve reviews=runs/sst-2 questions=models/qnli --urls http://127.0.0.1:9000", "several models"),
        ("decant serve runs/student --urls http://0.0.0.0:8080 --api-key-file key.txt --rate 50", "open to the network, with a key"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        var settings = new DecantServerSettings
        {
            Models = [.. arguments.GetRequiredValue(_models).Select(model => Source(model, arguments.GetValue(_maxLength)))],
            Urls = arguments.GetRequiredValue(_urls),
            Options = _limits.Read(arguments, session),
            LogsJson = arguments.GetValue(_log) == "json",
            LogLevel = arguments.GetValue(_logRequests) ? LogLevel.Debug : LogLevel.Information,
        };
        RunAsync(settings, session).GetAwaiter().GetResult();
        session.Cancel.ThrowIfCancellationRequested();
        return ExitCodes.Done;
    }

    private static ModelSource Source(string argument, int? maxLength)
    {
        (string name, string path) = ModelName.Parse(argument);
        return ModelSource.OfFolder(name, ModelLocation.Resolve(path), new ClassifierOptions { MaxLength = maxLength });
    }

    private static async Task RunAsync(DecantServerSettings settings, Session session)
    {
        await using WebApplication app = DecantServer.Create(settings);
        await app.StartAsync();
        session.Note($"Serving {string.Join(", ", settings.Models.Select(model => model.Name))} at {string.Join(", ", app.Urls)}. Ctrl-C stops.");
        if (app.Urls.FirstOrDefault(url => !ListenAddress.IsLoopback(url)) is { } open && app.Services.GetRequiredService<IOptions<ServingOptions>>().Value.ApiKey is null)
            session.Warn($"{open} can be reached from the network, and no key is asked for. --api-key-file sets one.");
        await app.WaitForShutdownAsync(session.Cancel);
    }
}
