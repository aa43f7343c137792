namespace Decant.Torch.Tests;

[Collection(WholeProcess.Name)]
public class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_lane_runs_once_on_a_thread_of_its_own(int lanes)
    {
        var threads = new int[lanes];
        Lanes.Run(lanes, lane => threads[lane] += Environment.CurrentManagedThreadId);
        Assert.Equal(lanes, threads.Distinct().Count());
        Assert.DoesNotContain(0, threads);
    }

    [Theory]
    [InlineData(32, 2)]
    [InlineData(7, 3)]
    [InlineData(5, 5)]
    public void Shares_follow_each_other_and_differ_by_one_row_at_most(long rows, int lanes)
    {
        (long First, long Count)[] shares = [.. Enumerable.Range(0, lanes).Select(lane => Lanes.Share(lane, lanes, rows))];
        Assert.Equal(rows, shares.Sum(s => s.Count));
        Assert.Equal(shares.Select(s => s.First), shares.Select((_, i) => shares[..i].Sum(s => s.Count)));
        Assert.InRange(shares.Max(s => s.Count) - shares.Min(s => s.Count), 0, 1);
    }

    [Fact]
    public void Lanes_are_as_many_as_threads_but_have_two_rows_and_use_half_of_the_threads_at_least()
    {
        int before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.Threads = 3;
            Assert.Equal([1, 1, 1, 1, 2, 2, 3, 3, 3], Enumerable.Range(0, 9).Select(rows => Lanes.For(rows)));
            TorchRuntime.Threads = 8;
            Assert.Equal([1, 4, 8], new long[] { 7, 8, 16 }.Select(Lanes.For));
            TorchRuntime.Threads = 1;
            Assert.Equal(1, Lanes.For(32));
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    [Fact]
    public void In_a_lane_there_is_one_thread_and_no_further_lane()
    {
        int before = TorchRuntime.Threads;
        int[] threads = new int[2], lanes = new int[2];
        Lanes.Run(2, lane => (threads[lane], lanes[lane]) = (TorchRuntime.Threads, Lanes.For(32)));
        Assert.Equal([1, 1], threads);
        Assert.Equal([1, 1], lanes);
        Assert.Equal(before, TorchRuntime.Threads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Grad_mode_is_the_callers(bool recording)
    {
        using GradMode.Restore? _ = recording ? null : GradMode.Off();
        for (int round = 0; round < 2; round++)  // the threads are used again
        {
            var modes = new bool[2];
            Lanes.Run(2, lane => modes[lane] = GradMode.IsEnabled);
            Assert.Equal([recording, recording], modes);
        }
    }

    [Fact]
    public void The_first_failure_comes_out_when_all_have_ended()
    {
        int ended = 0;
        var error = Assert.Throws<DecantException>(() => Lanes.Run(3, lane =>
        {
            if (lane > 0) throw new DecantException($"lane {lane}");
            Thread.Sleep(50);
            ended++;
        }));
        Assert.Equal("lane 1", error.Message);
        Assert.Equal(1, ended);
        Lanes.Run(3, _ => Interlocked.Increment(ref ended));
        Assert.Equal(4, ended);
    }
}
