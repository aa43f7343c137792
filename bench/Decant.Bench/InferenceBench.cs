using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Decant.Inference;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Data;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Bench;

/// <summary>
/// Texts a second of a classifier, one text of 32 word pieces at a time and dev sets in batches of 32, from text to probabilities.
/// It answers a driver that measures a peer in turn (<c>bench/inference/compare.mjs</c>):
/// <c>inference MODEL DATA INPUTS.json</c> writes the word pieces of its batches for the peer, then runs the case that each line of
/// standard input names, for as many seconds as it says, and answers with a line of JSON.
/// <c>inference --random LAYERS HIDDEN VOCABULARY FOLDER</c> makes a model with random weights.
/// </summary>
internal static class InferenceBench
{
    private const int BatchSize = 32, BatchesOfCase = 8;

    public static void Run(string[] args)
    {
        if (args[0] == "--random") MakeRandom(Int(args[1]), Int(args[2]), args[3], args[4]);
        else Serve(args[0], args[1], args[2]);
    }

    private static void Serve(string model, string data, string inputs)
    {
        using Classifier classifier = Classifier.Load(model, new ClassifierOptions { BatchSize = BatchSize });
        Dictionary<string, TextInput[][]> cases = Cases(WordPieceTokenizer.Load(model), data);
        WriteInputs(WordPieceTokenizer.Load(model), classifier.MaxLength, cases, inputs);
        Console.WriteLine(JsonSerializer.Serialize(new { machine = Machine.Describe(), cases = cases.Keys }));
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            string[] words = line.Split(' ');
            Console.WriteLine(JsonSerializer.Serialize(Measure(classifier, cases[words[0]], double.Parse(words[1], CultureInfo.InvariantCulture))));
        }
    }

    private static object Measure(Classifier classifier, TextInput[][] batches, double seconds)
    {
        float[] scores = [.. classifier.Predict(batches[0]).SelectMany(p => p.Scores)];
        List<double> times = [];
        int texts = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
            foreach (TextInput[] batch in batches)
            {
                long start = Stopwatch.GetTimestamp();
                classifier.Predict(batch);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                texts += batch.Length;
            }
        times.Sort();
        return new { p50 = times[times.Count / 2], rate = texts / times.Sum() * 1000, scores };
    }

    private static Dictionary<string, TextInput[][]> Cases(WordPieceTokenizer tokenizer, string data)
    {
        var cases = new Dictionary<string, TextInput[][]> { ["1x32"] = [[new TextInput(OfLength(tokenizer, 32))]] };
        foreach (string task in (string[])["sst-2", "mrpc"])
        {
            DataSet dev = Glue.Load(task, Path.Combine(data, task.ToUpperInvariant()), "dev");
            cases[task] = [.. dev.Examples.Select(e => new TextInput(e.Text, e.Pair)).Chunk(BatchSize).Take(BatchesOfCase)];
        }
        return cases;
    }

    // "film" is one piece in every English vocabulary.
    private static string OfLength(WordPieceTokenizer tokenizer, int pieces)
    {
        string text = string.Join(' ', Enumerable.Repeat("film", pieces - 2));
        return tokenizer.Encode(text).Ids.Length == pieces ? text : throw new DecantException("The vocabulary has no piece 'film'; give an English one.");
    }

    private static void WriteInputs(WordPieceTokenizer tokenizer, int maxLength, Dictionary<string, TextInput[][]> cases, string path)
    {
        var encode = new EncodeOptions { MaxLength = maxLength };
        Encoding Encode(TextInput input) => tokenizer.Encode(input.Text, input.Pair, encode);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(cases.ToDictionary(c => c.Key,
            c => c.Value.Select(batch => batch.Select(Encode).Select(e => new { ids = e.Ids, types = e.TypeIds }))), new JsonSerializerOptions()));
    }

    private static void MakeRandom(int layers, int hidden, string vocabulary, string folder)
    {
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Load(vocabulary);
        int inner = hidden == 312 ? 1200 : 4 * hidden; // TinyBERT's four-layer shape
        var config = new BertConfig { VocabSize = tokenizer.Vocabulary.Count, Layers = layers, HiddenSize = hidden, Heads = hidden == 312 ? 12 : hidden / 64, IntermediateSize = inner };
        using var model = new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.02));
        ModelDirectory.Save(folder, ModelKind.SequenceClassification, config, model.NamedParameters(), new ModelLabels(["0", "1"]), ProblemType.SingleLabel);
        tokenizer.Save(folder);
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
