using System.CommandLine;
using Decant.Cli.Terminal;
using Decant.Text.Tokenization;
using Decant.Text.Tokenization.JsonLines;

namespace Decant.Cli.Commands;

/// <summary><c>decant tokenize</c></summary>
internal sealed class TokenizeCommand : CliCommand
{
    private static readonly Dictionary<string, Truncation> Truncations = new()
    {
        ["longest-first"] = Truncation.LongestFirst, ["only-first"] = Truncation.OnlyFirst,
        ["only-second"] = Truncation.OnlySecond, ["none"] = Truncation.None,
    };

    private readonly Argument<string> _tokenizer = new("tokenizer") { HelpName = "TOKENIZER", Description = "A model folder, a tokenizer.json or a vocab.txt." };
    private readonly Argument<string?> _input = new("input")
    {
        HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne,
        Description = "JSON lines: {\"text\": …} and, where wanted, \"pair\" and \"max_length\". Default: standard input.",
    };
    private readonly Option<string?> _output = CommonOptions.OutputFile();
    private readonly Option<int?> _maxLength = new("--max-length")
    {
        HelpName = "N", Description = "Longest sequence for lines without max_length, special tokens included. Default: no limit.",
    };
    private readonly Option<string> _truncation = new("--truncation")
    {
        HelpName = "WHICH", Description = "Which text of a pair is cut: longest-first, only-first, only-second or none.", DefaultValueFactory = _ => "longest-first",
    };
    private readonly Option<bool> _bare = new("--no-special-tokens") { Description = "Leave [CLS] and [SEP] away." };
    private readonly Option<bool> _cased = new("--cased") { Description = "For a vocab.txt of a cased model: keep capital letters and accents." };
    private readonly Option<int?> _threads = new("--threads") { HelpName = "N", Description = "Threads. Default: all cores." };

    public TokenizeCommand() : base("tokenize", "Turn text into word pieces: JSON lines in, JSON lines with ids, type_ids and tokens out.")
    {
        Add(_tokenizer);
        Add(_input);
        Add(_output);
        Add(_maxLength);
        Add(_truncation);
        Add(_bare);
        Add(_cased);
        Add(_threads);
        CommonOptions.RequireOneOf(_truncation, Truncations.Keys);
        CommonOptions.RequireAtLeast(_maxLength, 1);
        CommonOptions.RequireAtLeast(_threads, 1);
    }

    public override IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("echo '{\"text\": \"A fine film.\", \"pair\": \"Go!\", \"max_length\": 16}' | decant tokenize models/bert", "one text"),
        ("decant tokenize models/bert/vocab.txt reviews.jsonl --max-length 128 -o pieces.jsonl", "a file, on all cores"),
    ];

    public override int Run(ParseResult arguments, Session session)
    {
        WordPieceTokenizer tokenizer = Load(arguments.GetRequiredValue(_tokenizer), arguments.GetValue(_cased));
        var options = new EncodeOptions
        {
            MaxLength = arguments.GetValue(_maxLength),
            Truncation = Truncations[arguments.GetRequiredValue(_truncation)],
            AddSpecialTokens = !arguments.GetValue(_bare),
        };
        using InputFile input = InputFile.Open(arguments.GetValue(_input), session);
        using OutputFile output = OutputFile.Open(arguments.GetValue(_output), session);
        new JsonLinesTokenizer(tokenizer, options).Run(input.Stream, output.Stream, input.Name, arguments.GetValue(_threads), session.Cancel);
        output.Complete();
        return ExitCodes.Done;
    }

    private static WordPieceTokenizer Load(string path, bool cased)
    {
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(path);
        if (!cased) return tokenizer;
        if (!path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            throw new DecantException($"--cased is only for a vocab.txt; {path} says itself whether capital letters count.");
        return new WordPieceTokenizer(tokenizer.Vocabulary, tokenizer.Options with { Lowercase = false });
    }
}
