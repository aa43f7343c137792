using Decant;
using Decant.Bench;

// decant-bench QUESTION [arguments]: one class per question, each prints what it measured and on what.
var questions = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["checkpoints"] = CheckpointBench.Run,
    ["tokenizer"] = TokenizerBench.Run,
    ["training"] = TrainingBench.Run,
    ["operator"] = OperatorBench.Run,
    ["store"] = StoreBench.Run,
    ["offline"] = OfflineBench.Run,
    ["serving"] = ServingBench.Run,
    ["inference"] = InferenceBench.Run,
};

if (args.Length == 0 || !questions.TryGetValue(args[0], out Action<string[]>? question))
{
    Console.Error.WriteLine($"usage: Decant.Bench {string.Join('|', questions.Keys)} [arguments]");
    return 2;
}
try
{
    question(args[1..]);
    return 0;
}
catch (DecantException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
