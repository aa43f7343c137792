using System.CommandLine;
using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Serving;

namespace Decant.Cli.Commands;

/// <summary>The options of <c>serve</c> that say how inputs are put together and what is refused.</summary>
internal sealed class ServeLimits
{
    private const string KeyVariable = "DECANT_API_KEY";

    private static readonly ServingOptions defaults = new();

    private readonly Option<int> _maxBatch = Number("--max-batch", "Most inputs that are computed together; 1 switches batching off.", defaults.MaxBatch);
    private readonly Option<double> _maxDelay = new("--max-delay") { HelpName = "MS", Description = "How long an idle model waits for a batch to fill, in milliseconds.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _queue = Number("--queue", "Inputs that may wait for a model; further requests get 503.", defaults.QueueCapacity);
    private readonly Option<int> _maxInputs = Number("--max-inputs", "Most inputs in a request.", defaults.MaxInputs);
    private readonly Option<int> _maxText = Number("--max-text", "Longest text, in characters.", defaults.MaxTextLength);
    private readonly Option<int> _maxBody = Number("--max-body", "Largest request, in kilobytes.", (int)(defaults.MaxRequestBytes >> 10));
    private readonly Option<int?> _rate = new("--rate") { HelpName = "N", Description = "Requests a second for each address. Default: any number." };
    private readonly Option<string?> _keyFile = new("--api-key-file") { HelpName = "FILE", Description = "A file with the key that clients must send. The variable DECANT_API_KEY does the same." };
    private readonly Option<double> _drainDelay = new("--drain-delay") { HelpName = "S", Description = "Seconds to go on answering after SIGTERM while not ready, for a load balancer to notice.", DefaultValueFactory = _ => 0 };
    private readonly Option<double> _drainTimeout = new("--drain-timeout") { HelpName = "S", Description = "Seconds that accepted requests have to end in after that.", DefaultValueFactory = _ => defaults.DrainTimeout.TotalSeconds };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_maxBatch, _maxDelay, _queue, _maxInputs, _maxText, _maxBody, _rate, _keyFile, _drainDelay, _drainTimeout]) command.Add(option);
        foreach (Option option in (Option[])[_maxBatch, _queue, _maxInputs, _maxText, _maxBody, _rate]) CommonOptions.RequireAtLeast(option, 1);
        Within(_maxDelay, 10_000, "milliseconds");
        Within(_drainDelay, 600, "seconds");
        Within(_drainTimeout, 600, "seconds");
    }

    public Action<ServingOptions> Read(ParseResult arguments, Session session)
    {
        string? key = Key(arguments.GetValue(_keyFile));
        if (key is not null) session.Note("Clients must send the key: Authorization: Bearer KEY.");
        return options =>
        {
            options.MaxBatch = arguments.GetValue(_maxBatch);
            options.MaxDelay = TimeSpan.FromMilliseconds(arguments.GetValue(_maxDelay));
            options.QueueCapacity = arguments.GetValue(_queue);
            options.MaxInputs = arguments.GetValue(_maxInputs);
            options.MaxTextLength = arguments.GetValue(_maxText);
            options.MaxRequestBytes = (long)arguments.GetValue(_maxBody) << 10;
            options.RequestsPerSecond = arguments.GetValue(_rate);
            options.ApiKey = key;
            options.DrainDelay = TimeSpan.FromSeconds(arguments.GetValue(_drainDelay));
            options.DrainTimeout = TimeSpan.FromSeconds(arguments.GetValue(_drainTimeout));
        };
    }

    // Not an option: what is on a command line can be read by every user of the machine.
    private static string? Key(string? file)
    {
        string? key = file is null ? Environment.GetEnvironmentVariable(KeyVariable) : ReadKey(file);
        if (key is null or "") return null;
        return key.Length >= 8 ? key : throw new DecantException($"The key in {file ?? KeyVariable} has {key.Length} characters; it must have at least 8.");
    }

    private static string ReadKey(string file)
    {
        if (!File.Exists(file)) throw new DecantException($"{file} does not exist; it should hold the key that clients must send.");
        return File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : throw new DecantException($"{file} is empty; it should hold the key that clients must send.");
    }

    private static Option<int> Number(string name, string description, int number) =>
        new(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => number };

    private static void Within(Option<double> option, double most, string unit) => option.Validators.Add(result =>
    {
        // A word that is no number is the parser's to tell.
        if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && !(value >= 0 && value <= most))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be from 0 to {most} {unit}."));
    });
}
