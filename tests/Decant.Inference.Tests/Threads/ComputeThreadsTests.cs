using Decant.Inference.Threads;

namespace Decant.Inference.Tests.Threads;

public class ComputeThreadsTests
{
    private static readonly ComputeThreads threads = new(4);

    [Fact]
    public void Every_worker_runs_once_and_all_at_the_same_time()
    {
        for (int i = 0; i < 30; i++)
        {
            var meeting = new MeetingPoint();
            int[] runs = new int[4];
            int count = 0;
            threads.Run(new Work((worker, workers) =>
            {
                Interlocked.Exchange(ref count, workers);
                Interlocked.Increment(ref runs[worker]);
                for (int k = 0; k < 10; k++) meeting.Wait(workers); // would never return if one were missing
            }), 4);
            Assert.InRange(count, 1, 4);
            Assert.Equal(Enumerable.Repeat(1, count), runs.Take(count));
            Assert.All(runs.Skip(count), r => Assert.Equal(0, r));
        }
    }

    [Fact]
    public void No_more_workers_than_asked_for()
    {
        int most = 0;
        for (int i = 0; i < 20; i++) threads.Run(new Work((_, workers) => most = Math.Max(most, workers)), 2);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void A_meeting_parts_one_phase_from_the_next()
    {
        var meeting = new MeetingPoint();
        int[] phase = new int[4];
        bool torn = false;
        threads.Run(new Work((worker, workers) =>
        {
            for (int step = 1; step <= 200; step++)
            {
                Volatile.Write(ref phase[worker], step);
                meeting.Wait(workers);
                for (int other = 0; other < workers; other++) torn |= Volatile.Read(ref phase[other]) < step;
            }
        }), 4);
        Assert.False(torn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_goes_wrong_in_a_worker_comes_out(int failing)
    {
        var meeting = new MeetingPoint();
        bool failed = false;
        void Call() => threads.Run(new Work((worker, workers) =>
        {
            if (worker == failing % workers)
            {
                failed = true;
                meeting.Break();
                throw new DecantException("broken");
            }
            meeting.Wait(workers); // does not wait for the one that failed
        }), 4);
        Exception e = Assert.ThrowsAny<Exception>(Call);
        Assert.True(failed);
        Assert.True(e is DecantException { Message: "broken" } or InvalidOperationException { Message: "Another worker failed." });
        int after = 0;
        threads.Run(new Work((_, _) => Interlocked.Increment(ref after)), 4);
        Assert.InRange(after, 1, 4);
    }

    [Fact]
    public void Many_callers_at_once_all_get_their_work_done()
    {
        int done = 0;
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            int members = 0;
            int seen = 0;
            threads.Run(new Work((_, workers) =>
            {
                Interlocked.Exchange(ref seen, workers);
                Interlocked.Increment(ref members);
            }), 4);
            if (members == seen) Interlocked.Increment(ref done);
        });
        Assert.Equal(500, done);
    }

    private sealed class Work(Action<int, int> run) : IParallelWork
    {
        public void Run(int worker, int workers) => run(worker, workers);
    }
}
