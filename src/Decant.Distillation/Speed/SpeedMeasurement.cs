using System.Diagnostics;
using Decant.Distillation.Evaluation;
using Decant.Models.Checkpoints;
using Decant.Models.FastBert;
using Decant.Text.Data;

namespace Decant.Distillation.Speed;

/// <summary>
/// Measures a FastBERT at several speeds: metrics, layers and operations once, the clock in turns, so that what else the machine does hits
/// all speeds alike, and the median of the rounds is taken. Batches hold texts of like length. Read ratios rather than absolutes.
/// </summary>
/// <param name="directory">The model, for its sizes.</param>
/// <param name="subject">The same model, running.</param>
/// <param name="data">Labelled examples.</param>
public sealed class SpeedMeasurement(ModelDirectory directory, ISpeedSubject subject, DataSet data)
{
    /// <summary>A model without branches to compare with, which takes its turns too; null for none. Its layers are not looked at.</summary>
    public ISpeedSubject? Baseline { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="speeds">Each in [0, 1].</param>
    /// <param name="batchSizes">Texts in a batch, each from 1; none leaves out the clock.</param>
    /// <param name="rounds">Turns of every speed, from 1.</param>
    /// <param name="flopsLength">Padded length that operations are counted for; 128 in the paper.</param>
    /// <param name="progress">Is told what is being done; may be null.</param>
    /// <param name="stop">Cancels.</param>
    /// <exception cref="DecantException">The model has no branches, the examples no labels, or a number is out of range.</exception>
    public SpeedCurve Measure(IReadOnlyList<double> speeds, IReadOnlyList<int> batchSizes, int rounds = 3, int flopsLength = 128, Action<string>? progress = null, CancellationToken stop = default)
    {
        if (directory.Branches is not { } shape)
            throw new DecantException($"{directory.Path} is no FastBERT: it has no layers to leave at. Train one from it with a recipe that has student.fastBert.");
        data.RequireLabels();
        if (speeds.Count == 0) throw new DecantException("Name at least one speed.");
        var flops = new FastBertFlops(directory.Config, shape, flopsLength);
        Example[] examples = [.. data.Examples];
        int[] order = [.. Enumerable.Range(0, examples.Length).OrderBy(i => examples[i].Text.Length + (examples[i].Pair?.Length ?? 0))];
        List<(ISpeedSubject Subject, double Speed)> turns = [.. speeds.Select(speed => (subject, speed)), .. Baseline is null ? [] : new[] { (Baseline, 0.0) }];
        var answers = turns.Select(turn =>
        {
            progress?.Invoke(turn.Subject == subject ? FormattableString.Invariant($"speed {turn.Speed}") : "the model without branches");
            return Answer(examples, order, turn, stop);
        }).ToList();
        double[][] clock = [.. batchSizes.Select(size => TextsPerSecond(examples, order, turns, size, rounds, progress, stop))];
        SpeedPoint Point(int i, double operations) => new(turns[i].Speed, answers[i].Metrics, answers[i].Exits, operations, [.. clock.Select(c => c[i])]);
        return new SpeedCurve
        {
            Model = directory.Path, Source = data.Source, Examples = examples.Length, BestMetric = data.Task.BestMetric,
            Layers = directory.Config.Layers, FlopsLength = flopsLength, BertFlops = flops.Bert, BatchSizes = batchSizes,
            Points = [.. Enumerable.Range(0, speeds.Count).Select(i => Point(i, flops.Mean(answers[i].Exits)))],
            Baseline = Baseline is null ? null : Point(speeds.Count, flops.Bert),
        };
    }

    private (IReadOnlyList<KeyValuePair<string, double>> Metrics, int[] Exits) Answer(Example[] examples, int[] order, (ISpeedSubject Subject, double Speed) turn, CancellationToken stop)
    {
        var exits = new int[examples.Length];
        float[] scores = [];
        foreach (int[] batch in order.Chunk(64))
        {
            stop.ThrowIfCancellationRequested();
            var answers = turn.Subject.Answer([.. batch.Select(i => examples[i])], turn.Speed);
            for (int row = 0; row < batch.Length; row++)
            {
                (IReadOnlyList<float> answer, exits[batch[row]]) = answers[row];
                if (scores.Length == 0) scores = new float[examples.Length * answer.Count];
                for (int k = 0; k < answer.Count; k++) scores[batch[row] * answer.Count + k] = answer[k];
            }
        }
        return (Evaluator.Metrics(data, scores).Metrics, exits);
    }

    // All code has run before: the answers above were the warm-up.
    private double[] TextsPerSecond(Example[] examples, int[] order, IReadOnlyList<(ISpeedSubject Subject, double Speed)> turns, int batchSize, int rounds, Action<string>? progress, CancellationToken stop)
    {
        progress?.Invoke($"the clock, {batchSize} {(batchSize == 1 ? "text" : "texts")} in a batch");
        Example[][] batches = [.. order.Chunk(batchSize).Select(batch => batch.Select(i => examples[i]).ToArray())];
        var seconds = turns.Select(_ => new List<double>()).ToList();
        for (int round = 0; round < rounds; round++)
            for (int t = 0; t < turns.Count; t++)
            {
                var watch = Stopwatch.StartNew();
                foreach (Example[] batch in batches)
                {
                    stop.ThrowIfCancellationRequested();
                    turns[t].Subject.Answer(batch, turns[t].Speed);
                }
                seconds[t].Add(watch.Elapsed.TotalSeconds);
            }
        return [.. seconds.Select(times => examples.Length / times.Order().ElementAt(times.Count / 2))];
    }
}
