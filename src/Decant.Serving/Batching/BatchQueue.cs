using System.Threading.Channels;
using Decant.Inference;
using Decant.Serving.Metrics;
using Decant.Serving.Models;
using Microsoft.Extensions.Logging;

namespace Decant.Serving.Batching;

/// <summary>
/// Dynamic batching: inputs of many calls wait in one bounded queue, and a thread of its own answers them together. A call is taken whole or
/// not at all; one that is abandoned before its turn is not computed.
/// </summary>
public sealed class BatchQueue : IAsyncDisposable
{
    private readonly Channel<QueuedInput> _queue;
    private readonly BatchWorker _worker;
    private readonly string _model;
    private readonly int _capacity;
    private int _waiting;

    /// <summary>Starts the thread.</summary>
    /// <param name="model">The model's name, for messages and metrics.</param>
    /// <param name="predictor">What answers.</param>
    /// <param name="options">Batch, delay and capacity.</param>
    /// <param name="metrics">Where batches are counted.</param>
    /// <param name="logger">Where failures are told.</param>
    public BatchQueue(string model, IBatchPredictor predictor, ServingOptions options, ServingMetrics metrics, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_model, _capacity) = (model, options.QueueCapacity);
        // Places are reserved before inputs are written, so the channel is never full.
        _queue = Channel.CreateBounded<QueuedInput>(new BoundedChannelOptions(_capacity) { SingleReader = true });
        _worker = new BatchWorker(model, predictor, _queue.Reader, options, metrics, logger, taken => Interlocked.Add(ref _waiting, -taken));
    }

    /// <summary>Inputs that wait now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether not even one more input would be taken.</summary>
    public bool IsFull => Waiting >= _capacity;

    /// <summary>When what waits now should have been answered, 1 to 60 s.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(Math.Clamp(Waiting * _worker.SecondsPerInput, 1, 60));

    /// <summary>Answers the inputs of a call.</summary>
    /// <param name="inputs">At least one.</param>
    /// <param name="speed">As for <see cref="IBatchPredictor.Predict"/>. Inputs of different speeds are not computed together.</param>
    /// <param name="cancel">Abandons the call; inputs whose turn has not come are not computed.</param>
    /// <exception cref="OverloadedException">They do not fit into the queue, or the queue is closed.</exception>
    public async Task<BatchedAnswers> PredictAsync(IReadOnlyList<TextInput> inputs, double speed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (!TryReserve(inputs.Count)) throw new OverloadedException(_model, RetryAfter);
        var call = new PendingCall(inputs, speed);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (_queue.Writer.TryWrite(new QueuedInput(call, i))) continue;
            Interlocked.Add(ref _waiting, i - inputs.Count);
            call.Abandon(CancellationToken.None);
            throw new OverloadedException(_model, RetryAfter);  // closed
        }
        using CancellationTokenRegistration _ = cancel.Register(() => call.Abandon(cancel));
        return await call.Answers.ConfigureAwait(false);
    }

    /// <summary>Takes nothing more, answers what waits, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _worker.Ended.ConfigureAwait(false);
    }

    private bool TryReserve(int count)
    {
        for (int waiting = Waiting; waiting + count <= _capacity;)
        {
            int seen = Interlocked.CompareExchange(ref _waiting, waiting + count, waiting);
            if (seen == waiting) return true;
            waiting = seen;
        }
        return false;
    }
}
