using System.Globalization;
using Decant.Cli.Terminal;
using Decant.Distillation.Evaluation;
using Decant.Distillation.Experiments;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Tables;
using Decant.Distillation.Training;

namespace Decant.Cli.Progress;

/// <summary>Tells a person what an experiment does: bars or lines on standard error.</summary>
internal sealed class ExperimentProgress(IProgressView view) : IExperimentObserver
{
    private readonly StageRate _rate = new();
    private string _what = "";

    /// <summary>Does work that tells an observer what it does.</summary>
    public static T Watch<T>(Session session, Func<ExperimentProgress, T> work) => Watch(session, (observer, _) => work(observer));

    /// <summary>Does work that tells an observer what it does, and has other things to show too.</summary>
    public static T Watch<T>(Session session, Func<ExperimentProgress, IProgressView, T> work)
    {
        T Under(IProgressView view) => work(new ExperimentProgress(view), view);
        return session.IsWatched ? LiveView.Run(session.ErrorConsole, Under) : Under(new PlainView(session));
    }

    /// <summary>A line that stays.</summary>
    public void Note(string line) => view.Line(line);

    public void TrainingStarted(string what) => _what = what;

    public void StageStarted(string stage, long totalUpdates, long resumedAt)
    {
        _rate.Restart();
        view.Begin($"{_what} · {stage}", totalUpdates, resumedAt);
    }

    public void Updated(UpdateReport update)
    {
        _rate.Add(update.Tokens);
        view.Step(update.Update, () => Figures(update));
    }

    public void Evaluated(long update, double epoch, EvaluationResult result, bool isBest) =>
        view.Line(string.Create(CultureInfo.InvariantCulture, $"{_what}  epoch {epoch:0.##}  {Metrics(result.Metrics)}{(isBest ? "  (best so far)" : "")}"));

    public void StageEnded(StageProgress progress) => view.End();

    public void TrainingEnded(string what, SeedResult result, bool reused) =>
        view.Line($"{what}: {Metrics(result.Metrics)}{(reused ? "  (done before)" : $"  in {Units.Seconds(result.Seconds)}")}");

    public void TeacherEvaluated(IReadOnlyDictionary<string, double> metrics) => view.Line($"teacher: {Metrics(metrics)}");

    public void Warned(string message) => view.Line($"warning: {message}");

    private string Figures(UpdateReport update)
    {
        string loss = $"loss {Units.Significant(update.Loss)}";
        if (update.Terms.Count > 1) loss += $" ({string.Join(", ", update.Terms.Select(term => $"{term.Key} {Units.Significant(term.Value)}"))})";
        string left = _rate.SecondsFor(update.TotalUpdates - update.Update) is { } seconds ? $"  {Units.Seconds(seconds)} left" : "";
        return $"{loss}  {Units.Count(_rate.TokensPerSecond)} tokens/s{left}";
    }

    private static string Metrics(IEnumerable<KeyValuePair<string, double>> metrics) =>
        string.Join("  ", metrics.Select(metric => $"{Labels.Of(metric.Key)} {ScoreColumn.Of(metric.Key).Format(metric.Value)}"));
}
