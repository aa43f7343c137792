using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Torch.Tests.Optim;

[Collection(WholeProcess.Name)]
public class AdamThreadTests
{
    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        int before = TorchRuntime.Threads;
        try
        {
            float[][] results = [.. new[] { 1, 2, 5 }.Select(Train)];
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    // Long enough to be cut into chunks that threads share, with a last one that is not full.
    private static float[] Train(int threads)
    {
        const int Size = 700_001;
        TorchRuntime.Threads = threads;
        using var scope = new TensorScope();
        var random = new RandomStream(1, "adam");
        Tensor weight = Tensor.Empty([Size]), gradient = Tensor.Empty([Size]);
        random.FillNormal(weight.Span<float>(), 0.02);
        random.FillNormal(gradient.Span<float>(), 1);
        using var adam = new Adam([("weight", weight)], AdamOptions.BertAdam);
        weight.Grad = gradient;
        for (int step = 0; step < 3; step++) adam.Step(1e-3);
        return weight.ToArray<float>();
    }

    // A table of which few rows are looked up gets the bits of one whose gradient is kept whole, and so do its moments; the others have none.
    [Theory]
    [InlineData(1, 37)]
    [InlineData(3, 37)]
    [InlineData(3, 40)]
    public void Rows_of_a_table_are_updated_to_the_bits_of_the_whole(int threads, int width)
    {
        int before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.Threads = threads;
            TrainedTable whole = TrainTable(width, (table, ids) => table.Embedding(ids, 0)), rows = TrainTable(width, (table, ids) => table.LookUp(ids, 0));
            Assert.Equal(whole.Weights, rows.Weights);
            Assert.Equal(Enumerable.Range(0, 30_000), whole.Rows);
            // Ascending in each step; 0 is the padding.
            int[] order = [3, 17, 29_000, 1, 4, 5, 29_999, 29_998];
            Assert.Equal(order.Length, rows.Rows.Count(place => place >= 0));
            for (int place = 0; place < order.Length; place++) Assert.Equal(place, rows.Rows[order[place]]);
            for (int moment = 0; moment < 2; moment++)
            {
                float[] all = whole.Moments[moment], kept = rows.Moments[moment];
                Assert.Equal(order.SelectMany(row => all[(row * width)..((row + 1) * width)]), kept);
                Assert.Equal(all.Count(v => v != 0), kept.Count(v => v != 0));
                Assert.NotEqual(0, kept.Sum(Math.Abs));
            }
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    private sealed record TrainedTable(float[] Weights, int[] Rows, float[][] Moments);

    private static TrainedTable TrainTable(int width, Func<Tensor, Tensor, Tensor> look)
    {
        const int Rows = 30_000;
        using var scope = new TensorScope();
        Tensor table = Tensor.Empty([Rows, width]), factor = Tensor.Empty([5, width]);
        var random = new RandomStream(1, "table");
        random.FillNormal(table.Span<float>(), 0.02);
        random.FillNormal(factor.Span<float>(), 1);
        table.RequiresGrad = true;
        using var adam = new Adam([("word_embeddings.weight", table)], AdamOptions.BertAdam);
        foreach (long[] ids in (long[][])[[3, 29_000, 3, 0, 17], [29_999, 1, 17, 4, 5], [1, 1, 1, 1, 29_998]])
        {
            (look(table, Tensor.From(ids, 5)) * factor).Sum().Backward();
            adam.Step(1e-3);
            adam.ZeroGrad();
        }
        Tensor[] state = [.. adam.State().Select(s => s.Tensor)];
        return new(table.ToArray<float>(), state[0].ToArray<int>(), [state[1].ToArray<float>(), state[2].ToArray<float>()]);
    }
}
