using Decant.Distillation.Recipes;
using Decant.Distillation.Training;
using Decant.Text.Batching;

namespace Decant.Tests.Training;

public class BatchStreamTests
{
    private static readonly EncodedDataSet data = TinyTask.Data(22);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_epoch_has_every_example_once_and_epochs_differ_when_shuffled(bool shuffle)
    {
        var stream = new BatchStream(data, TinyRun.Standard with { Shuffle = shuffle }, seed: 1);
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(e => Enumerable.Range(6 * e, 6).SelectMany(u => Examples(stream, u)).ToArray())];
        Assert.All(epochs, e => Assert.Equal(Enumerable.Range(0, 22), e.Order()));
        Assert.Equal(!shuffle, epochs[0].SequenceEqual(epochs[1]));
        Assert.Equal(!shuffle, epochs[0].SequenceEqual(Enumerable.Range(0, 22)));
    }

    [Fact]
    public void A_batch_depends_on_seed_and_number_alone()
    {
        var forward = new BatchStream(data, TinyRun.Standard, seed: 1);
        int[][] batches = [.. Enumerable.Range(0, 18).Select(u => Examples(forward, u))];
        var another = new BatchStream(data, TinyRun.Standard, seed: 1);
        foreach (int update in new[] { 17, 3, 11, 0, 6 }) Assert.Equal(batches[update], Examples(another, update));
        var seed2 = new BatchStream(data, TinyRun.Standard, seed: 2);
        Assert.NotEqual(batches[0], Examples(seed2, 0));
    }

    [Theory]
    [InlineData(1, "8", "6")]
    [InlineData(2, "4 4", "3 3")]
    [InlineData(4, "2 2 2 2", "2 2 2")]
    [InlineData(8, "1 1 1 1 1 1 1 1", "1 1 1 1 1 1")]
    public void A_batch_is_cut_into_even_parts(int parts, string full, string last)
    {
        var stream = new BatchStream(data, TinyRun.Standard with { BatchSize = 8, Accumulate = parts, Shuffle = false }, seed: 1);
        Assert.Equal(full, string.Join(' ', stream.Parts(0).Select(p => p.Examples)));
        Assert.Equal(last, string.Join(' ', stream.Parts(2).Select(p => p.Examples)));
        Assert.Equal(8, stream.Examples(1));
        Assert.Equal(6, stream.Examples(2));
    }

    [Fact]
    public void Padding_goes_to_the_longest_text_or_to_the_tasks_length()
    {
        var longest = new BatchStream(data, TinyRun.Standard with { Accumulate = 1 }, seed: 1);
        var fixedLength = new BatchStream(data, TinyRun.Standard with { Accumulate = 1, Padding = PaddingMode.MaxLength }, seed: 1);
        for (int update = 0; update < 6; update++)
        {
            TokenBatch batch = longest.Parts(update).Single();
            Assert.Equal(batch.Lengths.Max(), batch.Length);
            Assert.Equal(9, fixedLength.Parts(update).Single().Length);
        }
    }

    [Fact]
    public void The_last_batch_can_be_left_out()
    {
        var stream = new BatchStream(data, TinyRun.Standard with { DropLast = true }, seed: 1);
        Assert.Equal(20, Enumerable.Range(0, 5).SelectMany(u => Examples(stream, u)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 10), u => Assert.Equal(4, stream.Examples(u)));
    }

    private static int[] Examples(BatchStream stream, long update) => [.. stream.Parts(update).SelectMany(p => p.ExampleIndices)];
}
