using System.Text.Json;
using Decant.Text.Data.Files;

namespace Decant.Text.Data;

/// <summary>One file of RACE: an article with its questions.</summary>
internal static class RacePassage
{
    public static void Read(string path, string name, List<Example> examples)
    {
        using JsonDocument json = Parse(path);
        JsonElement root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new DecantException($"{path}: not a JSON object with article, questions, options and answers.");
        string article = JsonFields.Text(JsonFields.Get(root, "article", path), "article", path);
        JsonElement[] questions = Items(JsonFields.Get(root, "questions", path), path, "questions");
        JsonElement[] options = Items(JsonFields.Get(root, "options", path), path, "options", questions.Length);
        // A test file may come without its answers.
        JsonElement[]? answers = JsonFields.TryGet(root, "answers", path, out JsonElement? field) ? Items(field.Value, path, "answers", questions.Length) : null;
        for (int q = 0; q < questions.Length; q++)
        {
            string[] choices = [.. Items(options[q], path, $"options[{q}]", Race.Options).Select(o => JsonFields.Text(o, $"options[{q}]", path))];
            examples.Add(new Example
            {
                Id = $"{name}-{q}",
                Text = article,
                Pair = JsonFields.Text(questions[q], $"questions[{q}]", path),
                Choices = choices,
                ClassIndex = answers is null ? null : Answer(JsonFields.Text(answers[q], $"answers[{q}]", path), path, q),
            });
        }
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new DecantException($"{path}: not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}. {e.Message.Split(" LineNumber")[0]}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static JsonElement[] Items(JsonElement value, string path, string field, int? count = null)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new DecantException($"{path}: '{field}' is not a list.");
        if (count is int wanted && value.GetArrayLength() != wanted)
            throw new DecantException($"{path}: '{field}' has {value.GetArrayLength()} entries, but {wanted} are needed.");
        return [.. value.EnumerateArray()];
    }

    private static int Answer(string letter, string path, int question) =>
        letter.Length == 1 && letter[0] >= 'A' && letter[0] < 'A' + Race.Options
            ? letter[0] - 'A'
            : throw new DecantException($"{path}: answers[{question}] is '{letter}', but it must be one of A, B, C, D.");
}
