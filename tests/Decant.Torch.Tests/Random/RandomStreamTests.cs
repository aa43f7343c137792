using Decant.Torch.Random;

namespace Decant.Torch.Tests.Random;

public class RandomStreamTests
{
    private const int Count = 1 << 18;

    [Fact]
    public void A_place_has_one_value_whatever_the_way_to_it()
    {
        uint[] whole = Words(new RandomStream(7, "dropout"), 1000);
        var oneByOne = new RandomStream(7, "dropout");
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], Words(oneByOne, 1)[0]);
        Assert.Equal(1000ul, oneByOne.Position);

        var resumed = new RandomStream(7, "dropout") { Position = 613 };
        Assert.Equal(whole[613..], Words(resumed, 387));
    }

    [Fact]
    public void The_vector_path_is_the_scalar_path_also_where_the_counter_carries()
    {
        const ulong Start = (1ul << 32) - 40;
        uint[] vector = Words(new RandomStream(7, "a") { Position = Start }, 96);
        var scalar = new RandomStream(7, "a") { Position = Start };
        Assert.All(vector, word => Assert.Equal(word, Words(scalar, 1)[0]));
        // A period of 2³² would repeat the beginning here.
        Assert.Empty(vector[40..].Intersect(Words(new RandomStream(7, "a"), 56)));
    }

    [Fact]
    public void Words_are_uniform_in_every_byte_and_half()
    {
        uint[] words = Words(new RandomStream(1, "uniform"), 1 << 22);
        for (int place = 0; place < 4; place++)
        {
            var counts = new long[256];
            foreach (uint word in words) counts[(word >> (8 * place)) & 255]++;
            Statistics.AssertUniform(counts, $"byte {place}");
        }
        for (int half = 0; half < 2; half++)
        {
            var counts = new long[65536];
            foreach (uint word in words) counts[(word >> (16 * half)) & 65535]++;
            Statistics.AssertUniform(counts, $"half {half}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(65536)]
    public void Words_do_not_depend_on_those_before_them(int distance)
    {
        uint[] words = Words(new RandomStream(2, "serial"), Count);
        foreach ((int shift, string bits) in new[] { (24, "high"), (0, "low") })
        {
            var counts = new long[65536];
            for (int i = 0; i + distance < words.Length; i++)
                counts[(((words[i] >> shift) & 255) << 8) | ((words[i + distance] >> shift) & 255)]++;
            Statistics.AssertUniform(counts, $"{bits} bits at distance {distance}");
        }
    }

    [Fact]
    public void Streams_of_other_seeds_and_names_are_independent_and_do_not_overlap()
    {
        (ulong Seed, string Name)[] streams = [(1, "a"), (2, "a"), (3, "a"), (1, "b"), (1, "aa"), (1, ""), (1ul << 32 | 1, "a")];
        uint[][] words = [.. streams.Select(s => Words(new RandomStream(s.Seed, s.Name), Count))];
        var pairs = new HashSet<ulong>();
        for (int s = 0; s < words.Length; s++)
        {
            for (int other = 0; other < s; other++)
            {
                var counts = new long[65536];
                for (int i = 0; i < Count; i++) counts[((words[s][i] >> 24) << 8) | (words[other][i] >> 24)]++;
                Statistics.AssertUniform(counts, $"streams {streams[s]} and {streams[other]}");
            }
            // Two words in a row that occur twice would be the beginning of an overlap.
            for (int i = 1; i < Count; i++) Assert.True(pairs.Add((ulong)words[s][i - 1] << 32 | words[s][i]), $"{streams[s]} at {i}");
        }
    }

    [Fact]
    public void Doubles_fill_the_unit_interval_evenly()
    {
        var random = new RandomStream(3, "doubles");
        var counts = new long[1000];
        for (int i = 0; i < Count; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - 1e-16);
            counts[(int)(value * counts.Length)]++;
        }
        Statistics.AssertUniform(counts, "doubles");
        Assert.Equal(2ul * Count, random.Position);
    }

    [Fact]
    public void Whole_numbers_and_orders_are_even()
    {
        var random = new RandomStream(4, "whole");
        var counts = new long[7];
        for (int i = 0; i < 100_000; i++) counts[random.Next(7)]++;
        Statistics.AssertUniform(counts, "Next(7)");
        Assert.Equal(0, random.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));

        var orders = new Dictionary<string, long>();
        for (int i = 0; i < 100_000; i++)
        {
            char[] items = [.. "abcd"];
            random.Shuffle<char>(items);
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, orders.Count);
        Statistics.AssertUniform([.. orders.Values], "orders of four");
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var values = new float[Count];
        new RandomStream(5, "normal").FillNormal(values, 1);
        double error = 5 / Math.Sqrt(Count);
        Assert.Equal(0, Statistics.Moment(values, 0, 1), error);
        Assert.Equal(1, Statistics.Moment(values, 0, 2), error * Math.Sqrt(2));
        Assert.Equal(0, Statistics.Moment(values, 0, 3), error * Math.Sqrt(15));
        Assert.Equal(3, Statistics.Moment(values, 0, 4), error * Math.Sqrt(96));
        foreach ((double bound, double share) in new[] { (1.0, 0.317311), (2.0, 0.0455003), (3.0, 0.0026998), (4.0, 6.3342e-5) })
            Assert.Equal(share, values.Count(v => Math.Abs(v) > bound) / (double)Count, 5 * Math.Sqrt(share / Count));
        Statistics.AssertUncorrelated(values.AsSpan(0, Count - 1), values.AsSpan(1), "neighbours");

        var scaled = new float[Count - 1];
        new RandomStream(5, "normal").FillNormal(scaled, 0.02);
        Assert.Equal(0.02, Math.Sqrt(Statistics.Moment(scaled, 0, 2)), 1e-4);
        for (int i = 0; i < 100; i++) Assert.Equal(values[i] * 0.02f, scaled[i], 1e-7f);
    }

    private static uint[] Words(RandomStream stream, int count)
    {
        var words = new uint[count];
        stream.Fill(words);
        return words;
    }
}
