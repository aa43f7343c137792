using System.Text.Json;
using Decant.Tests;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Tokenization;

/// <summary>Every line of the goldens, which independent implementations agree on, must come out the same.</summary>
public class TokenizerGoldenTests
{
    [SkippableFact]
    public void Uncased_texts_and_pairs_match() => Check("public.jsonl", _ => new());

    [SkippableFact]
    public void Cased_texts_and_pairs_match() => Check("public_cased.jsonl", _ => new() { Lowercase = false });

    [SkippableFact]
    public void Each_combination_of_switches_matches() => Check("public_variants.jsonl", line =>
    {
        JsonElement config = line.GetProperty("config"), strip = config.GetProperty("strip_accents");
        return new()
        {
            Lowercase = config.GetProperty("lowercase").GetBoolean(),
            StripAccents = strip.ValueKind == JsonValueKind.Null ? null : strip.GetBoolean(),
            TokenizeChineseChars = config.GetProperty("handle_chinese_chars").GetBoolean(),
        };
    });

    private static void Check(string file, Func<JsonElement, TokenizerOptions> options)
    {
        string path = TestPaths.Require(TestPaths.Goldens, "tokenizer/" + file);
        var tokenizers = new Dictionary<TokenizerOptions, WordPieceTokenizer>();
        int number = 0;
        foreach (string text in File.ReadLines(path))
        {
            number++;
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement line = document.RootElement;
            TokenizerOptions key = options(line);
            if (!tokenizers.TryGetValue(key, out WordPieceTokenizer? tokenizer))
                tokenizers[key] = tokenizer = BertVocabulary.Tokenizer(key);
            CheckLine($"{file}, line {number}", tokenizer, line);
        }
        Assert.True(number > 100, $"{file} has only {number} lines.");
    }

    private static void CheckLine(string place, WordPieceTokenizer tokenizer, JsonElement line)
    {
        int? maxLength = line.GetProperty("max_length") is { ValueKind: JsonValueKind.Number } max ? max.GetInt32() : null;
        EncodeOptions options = new()
        {
            MaxLength = maxLength,
            Truncation = line.GetProperty("truncation") is { ValueKind: JsonValueKind.String } truncation
                ? truncation.GetString() switch
                {
                    "longest_first" => Truncation.LongestFirst,
                    "only_first" => Truncation.OnlyFirst,
                    "only_second" => Truncation.OnlySecond,
                    var other => throw new InvalidDataException($"{place}: truncation {other}"),
                }
                : Truncation.None,
        };
        string text = line.GetProperty("text").GetString()!;
        string? pair = line.GetProperty("pair").GetString();
        Encoding encoding = tokenizer.Encode(text, pair, options);

        int padded = line.GetProperty("padding").ValueKind == JsonValueKind.String && maxLength is { } length
            ? Math.Max(0, length - encoding.Ids.Length) : 0;
        int[] mask = [.. Enumerable.Repeat(1, encoding.Ids.Length), .. Enumerable.Repeat(0, padded)];
        int[] ids = [.. encoding.Ids, .. Enumerable.Repeat(tokenizer.Vocabulary.PaddingId, padded)];
        string[] tokens = [.. encoding.Tokens, .. Enumerable.Repeat("[PAD]", padded)];
        Same(place, "tokens", [.. line.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)], tokens, text, pair);
        Same(place, "ids", Numbers(line, "ids"), ids, text, pair);
        Same(place, "type_ids", Numbers(line, "type_ids"), [.. encoding.TypeIds, .. Enumerable.Repeat(0, padded)], text, pair);
        Same(place, "mask", Numbers(line, "mask"), mask, text, pair);
    }

    private static int[] Numbers(JsonElement line, string name) =>
        [.. line.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];

    private static void Same<T>(string place, string what, T[] expected, T[] actual, string text, string? pair)
    {
        if (expected.AsSpan().SequenceEqual(actual)) return;
        int at = expected.AsSpan().CommonPrefixLength(actual);
        Assert.Fail($"""
            {place}: {what} differ at {at}
            text:     {JsonSerializer.Serialize(text)}
            pair:     {JsonSerializer.Serialize(pair)}
            expected: {string.Join(' ', expected)}
            actual:   {string.Join(' ', actual)}
            """);
    }
}
