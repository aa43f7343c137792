using System.Buffers;
using System.Text.Json;
using Decant.Text.Streaming;

namespace Decant.Text.Tokenization.JsonLines;

/// <summary>Encodes blocks of lines, one after another; used by one thread at a time.</summary>
internal sealed class TokenLineEncoder
{
    private static readonly JsonWriterOptions Fast = new() { SkipValidation = true };

    private readonly WordPieceTokenizer _tokenizer;
    private readonly EncodeOptions _defaults;
    private readonly EncodedPieces _pieces;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Utf8JsonWriter _writer;
    private EncodeOptions _options;

    public TokenLineEncoder(WordPieceTokenizer tokenizer, EncodeOptions options, EncodedPieces pieces)
    {
        (_tokenizer, _defaults, _options, _pieces) = (tokenizer, options, options, pieces);
        _writer = new Utf8JsonWriter(_output, Fast);
    }

    /// <summary>The encoded lines of the block, up to an error.</summary>
    public ReadOnlySpan<byte> Output => _output.WrittenSpan;

    /// <summary>How many there are.</summary>
    public int Lines { get; private set; }

    /// <summary>What is wrong with the line behind them; null where all is well.</summary>
    public DecantException? Error { get; private set; }

    public void Encode(LineBlock block, string source)
    {
        _output.ResetWrittenCount();
        (Lines, Error) = (0, null);
        long number = block.FirstLine - 1;
        foreach (ReadOnlyMemory<byte> line in block.Lines())
        {
            number++;
            if (line.Span.IndexOfAnyExcept(" \t"u8) < 0) continue;
            try
            {
                Encode(line.Span, new LinePlace(source, number));
            }
            catch (DecantException e)
            {
                Error = e;
                return;
            }
            Lines++;
        }
    }

    private void Encode(ReadOnlySpan<byte> bytes, LinePlace place)
    {
        TokenLine line = TokenLine.Read(bytes, place);
        Encoding encoding;
        try
        {
            encoding = _tokenizer.Encode(line.Text, line.Pair, OptionsFor(line.MaxLength));
        }
        catch (DecantException e)
        {
            throw new DecantException($"{place}: {e.Message}", e);
        }
        Write(encoding);
    }

    private EncodeOptions OptionsFor(int? maxLength)
    {
        if (maxLength is null || maxLength == _defaults.MaxLength) return _defaults;
        return maxLength == _options.MaxLength ? _options : _options = _defaults with { MaxLength = maxLength };
    }

    private void Write(Encoding encoding)
    {
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteStartArray("ids"u8);
        foreach (int id in encoding.Ids) _writer.WriteNumberValue(id);
        _writer.WriteEndArray();
        _writer.WriteStartArray("type_ids"u8);
        foreach (int type in encoding.TypeIds) _writer.WriteNumberValue(type);
        _writer.WriteEndArray();
        _writer.WriteStartArray("tokens"u8);
        foreach (int id in encoding.Ids) _writer.WriteStringValue(_pieces[id]);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        _output.Write("\n"u8);
    }
}
