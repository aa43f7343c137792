using Decant.Text.Streaming;

namespace Decant.Text.Tests.Streaming;

public class OrderedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Results_come_in_the_order_of_the_inputs(int threads)
    {
        List<int> taken = [];
        OrderedWork.Run(Enumerable.Range(0, 200), input =>
        {
            if (input % 7 == 0) Thread.Sleep(1);
            return input * 2;
        }, taken.Add, threads);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i * 2), taken);
    }

    [Fact]
    public void Only_a_few_inputs_are_read_ahead()
    {
        int read = 0;
        OrderedWork.Run(Enumerable.Range(0, 1000).Select(i => Interlocked.Increment(ref read)), i => i,
            result => Assert.InRange(Volatile.Read(ref read) - result, 0, 2 * 2 + 2 + 1), threads: 2);
        Assert.Equal(1000, read);
    }

    [Fact]
    public void The_first_error_ends_the_work_after_the_results_before_it()
    {
        List<int> taken = [];
        var error = Assert.Throws<DecantException>(() => OrderedWork.Run(Enumerable.Range(0, 100),
            i => i >= 10 ? throw new DecantException($"at {i}") : i, taken.Add, threads: 3));
        Assert.Equal("at 10", error.Message);
        Assert.Equal(Enumerable.Range(0, 10), taken);
    }

    [Fact]
    public void An_error_of_the_inputs_is_passed_on()
    {
        static IEnumerable<int> Inputs()
        {
            yield return 1;
            throw new DecantException("no more");
        }
        List<int> taken = [];
        Assert.Equal("no more", Assert.Throws<DecantException>(() => OrderedWork.Run(Inputs(), i => i, taken.Add, threads: 2)).Message);
        Assert.Equal([1], taken);
    }

    [Fact]
    public void It_stops_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        static IEnumerable<int> Endless() { while (true) yield return 1; }
        Assert.ThrowsAny<OperationCanceledException>(() => OrderedWork.Run(Endless(), i => i, _ => stop.Cancel(), threads: 2, stop.Token));
    }
}
