using Decant.Cli.Progress;

namespace Decant.Cli.Tests.Progress;

public class StageRateTests
{
    [Fact]
    public void A_steady_pace_is_told_exactly()
    {
        var clock = new HandClock();
        var rate = new StageRate(clock);
        rate.Restart();
        Assert.Null(rate.SecondsFor(10));
        for (int i = 0; i < 1000; i++)
        {
            clock.Now += TimeSpan.FromSeconds(0.5);
            rate.Add(tokens: 100);
        }
        Assert.Equal(200, rate.TokensPerSecond, 1e-6);
        Assert.Equal(5, rate.SecondsFor(10)!.Value, 1e-6);
    }

    [Fact]
    public void A_new_pace_is_noticed_within_a_minute_or_so()
    {
        var clock = new HandClock();
        var rate = new StageRate(clock);
        rate.Restart();
        for (int i = 0; i < 600; i++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            rate.Add(100);
        }
        for (int i = 0; i < 1200; i++)
        {
            clock.Now += TimeSpan.FromSeconds(0.1);
            rate.Add(100);
        }
        Assert.InRange(rate.TokensPerSecond, 800, 1000);
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
