using Decant.Inference;
using System.Diagnostics;
using System.Threading.Channels;
using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Batching;

/// <summary>
/// The thread that computes: takes what waits, up to a batch, and answers it. One thread for all batches of a model, because the numerics
/// library keeps threads of its own for each thread that calls it.
/// </summary>
internal sealed partial class BatchWorker
{
    private const double Smoothing = 0.1;
    private readonly string _model;
    private readonly IBatchPredictor _predictor;
    private readonly ChannelReader<QueuedInput> _reader;
    private readonly ServingOptions _options;
    private readonly ServingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Action<int> _taken;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<QueuedInput> _batch = [];
    private Task<bool>? _more;
    private double _secondsPerInput;

    public BatchWorker(string model, IBatchPredictor predictor, ChannelReader<QueuedInput> reader, ServingOptions options, ServingMetrics metrics, ILogger logger, Action<int> taken)
    {
        (_model, _predictor, _reader, _options, _metrics, _logger, _taken) = (model, predictor, reader, options, metrics, logger, taken);
        new Thread(Run) { IsBackground = true, Name = $"batches of {model}" }.Start();
    }

    /// <summary>Done when the queue is closed and everything in it was answered.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Moving average over batches; 0 before the first.</summary>
    public double SecondsPerInput => Volatile.Read(ref _secondsPerInput);

    private void Run()
    {
        try
        {
            while (WaitForMore(Timeout.InfiniteTimeSpan))
            {
                Fill();
                foreach (IGrouping<double, QueuedInput> group in _batch.GroupBy(input => input.Call.Speed)) Answer([.. group], group.Key);
                _batch.Clear();
            }
            _ended.TrySetResult();
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
            throw;
        }
    }

    /// <summary>Whether inputs are there, or came in time.</summary>
    private bool WaitForMore(TimeSpan atMost)
    {
        _more ??= _reader.WaitToReadAsync().AsTask();
        if (!_more.Wait(atMost)) return false;
        bool more = _more.Result;
        _more = null;
        return more;
    }

    private void Fill()
    {
        Take();
        while (_batch.Count is > 0 and var count && count < _options.MaxBatch)
        {
            TimeSpan left = _options.MaxDelay - Stopwatch.GetElapsedTime(_batch[0].Call.Arrived);
            if (left <= TimeSpan.Zero || !WaitForMore(left)) return;
            Take();
        }
    }

    private void Take()
    {
        int taken = 0;
        while (_batch.Count < _options.MaxBatch && _reader.TryRead(out QueuedInput input))
        {
            taken++;
            if (!input.Call.IsOver) _batch.Add(input);
        }
        _taken(taken);
    }

    private void Answer(QueuedInput[] batch, double speed)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (QueuedInput input in batch) input.Call.Start(batch.Length, started);
        try
        {
            IReadOnlyList<Prediction> answers = _predictor.Predict([.. batch.Select(input => input.Input)], speed);
            if (answers.Count != batch.Length) throw new InvalidOperationException($"{batch.Length} inputs got {answers.Count} answers.");
            Count(batch, answers, Stopwatch.GetElapsedTime(started));
            for (int i = 0; i < batch.Length; i++) batch[i].Call.Set(batch[i].Index, answers[i]);
        }
        catch (Exception e)
        {
            Fail(batch, speed, e);
        }
    }

    /// <summary>An input that a model cannot answer must not take along the calls that it happens to lie beside.</summary>
    private void Fail(QueuedInput[] batch, double speed, Exception error)
    {
        var calls = batch.GroupBy(input => input.Call).ToArray();
        if (calls.Length == 1)
        {
            LogFailed(_logger, error, _model, batch.Length);
            calls[0].Key.Fail(error);
        }
        else
        {
            foreach (var call in calls) Answer([.. call], speed);
        }
    }

    private void Count(QueuedInput[] batch, IReadOnlyList<Prediction> answers, TimeSpan took)
    {
        double perInput = took.TotalSeconds / batch.Length;
        _secondsPerInput = _secondsPerInput == 0 ? perInput : _secondsPerInput + Smoothing * (perInput - _secondsPerInput);
        _metrics.CountBatch(_model, batch.Length, took);
        foreach (Prediction answer in answers)
            if (answer.ExitLayer is { } layer) _metrics.CountExit(_model, layer);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Model} failed on a batch of {Inputs}")]
    private static partial void LogFailed(ILogger logger, Exception error, string model, int inputs);
}
