using System.Collections.Concurrent;
using Decant.Text.Streaming;

namespace Decant.Text.Tokenization.JsonLines;

/// <summary>
/// Encodes a stream of JSON lines, <c>{"text": …, "pair": …, "max_length": …}</c> in and
/// <c>{"ids": […], "type_ids": […], "tokens": […]}</c> out, on several threads, in order.
/// </summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="options">Truncation and special tokens; its maximum length is for lines that give none.</param>
public sealed class JsonLinesTokenizer(WordPieceTokenizer tokenizer, EncodeOptions options)
{
    private readonly ConcurrentBag<TokenLineEncoder> _idle = [];
    private readonly EncodedPieces _pieces = new(tokenizer.Vocabulary);

    /// <summary>Encodes all lines. Empty lines are skipped.</summary>
    /// <param name="input">UTF-8, one JSON object a line; fields other than the three are ignored.</param>
    /// <param name="output">Gets one line for each line of the input, as soon as it is known.</param>
    /// <param name="source">What the input is called in messages.</param>
    /// <param name="threads">How many threads to use, at least 1; null for one a processor.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>How many lines were encoded.</returns>
    /// <exception cref="DecantException">A line cannot be read or encoded; the lines before it are written.</exception>
    public long Run(Stream input, Stream output, string source = "input", int? threads = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        if (threads < 1) throw new DecantException($"{threads} threads cannot encode anything; use at least 1.");
        long lines = 0;
        OrderedWork.Run(LineBlock.Cut(input), Encode, Take, threads ?? Environment.ProcessorCount, stop);
        return lines;

        TokenLineEncoder Encode(LineBlock block)
        {
            if (!_idle.TryTake(out TokenLineEncoder? encoder)) encoder = new TokenLineEncoder(tokenizer, options, _pieces);
            encoder.Encode(block, source);
            return encoder;
        }

        void Take(TokenLineEncoder encoder)
        {
            output.Write(encoder.Output);
            lines += encoder.Lines;
            if (encoder.Error is { } error) throw error;
            _idle.Add(encoder);
        }
    }
}
