using System.Globalization;
using System.Text.Json;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tests.Tokenization;

/// <summary>The words of "a" + c + "b" for every code point c on which the independent implementations agree.</summary>
public class CodePointGoldenTests
{
    [SkippableFact]
    public void Every_uncased_code_point_matches() => Check("codepoints_uncased.jsonl", new(), atLeast: 900_000);

    [SkippableFact]
    public void Every_cased_code_point_matches() => Check("codepoints_cased.jsonl", new() { Lowercase = false }, atLeast: 900_000);

    private static void Check(string file, TokenizerOptions options, int atLeast)
    {
        string path = TestPaths.Require(TestPaths.Goldens, "tokenizer/" + file);
        CharacterMap map = CharacterMap.For(options);
        int count = 0;
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement range = document.RootElement;
            string kind = range.GetProperty("kind").GetString()!;
            for (int c = Hex(range, "first"); c <= Hex(range, "last"); c++, count++)
            {
                string text = char.ConvertFromUtf32(c);
                string[] expected = kind switch
                {
                    "removed" => ["ab"],
                    "space" => ["a", "b"],
                    "isolated" => ["a", text, "b"],
                    "joined" => [$"a{text}b"],
                    _ => [.. range.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)],
                };
                List<string> actual = BasicWords.Of($"a{text}b", map);
                if (!expected.SequenceEqual(actual, StringComparer.Ordinal))
                    Assert.Fail($"{file}: U+{c:X4} ({kind}): expected [{Show(expected)}], actual [{Show(actual)}]");
            }
        }
        Assert.True(count >= atLeast, $"{file} has only {count} code points.");
    }

    private static int Hex(JsonElement range, string name) =>
        int.Parse(range.GetProperty(name).GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Show(IEnumerable<string> words) => string.Join(", ", words.Select(word => JsonSerializer.Serialize(word)));
}
