namespace Decant.Inference.Threads;

/// <summary>Work that several threads share.</summary>
internal interface IParallelWork
{
    /// <summary>The part of one worker; all workers run at the same time.</summary>
    /// <param name="worker">From 0; 0 is the thread that asked for the work.</param>
    /// <param name="workers">How many there are.</param>
    void Run(int worker, int workers);
}
