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

    // A table of which few rows are looked up gets the bits of one whose gradient is kept whole, and so do its moments.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_of_a_table_are_updated_to_the_bits_of_the_whole(int threads)
    {
        int before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.Threads = threads;
            float[][] whole = TrainTable((table, ids) => table.Embedding(ids, 0)), rows = TrainTable((table, ids) => table.LookUp(ids, 0));
            for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], rows[i]);
            Assert.Equal(0, rows[1][(900 * 37)..(901 * 37)].Sum(Math.Abs));
            Assert.NotEqual(0, rows[1][(29_000 * 37)..(29_001 * 37)].Sum(Math.Abs));
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    // The table and its moments after some steps.
    private static float[][] TrainTable(Func<Tensor, Tensor, Tensor> look)
    {
        const int Rows = 30_000, Width = 37;
        using var scope = new TensorScope();
        Tensor table = Tensor.Empty([Rows, Width]), factor = Tensor.Empty([5, Width]);
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
        return [table.ToArray<float>(), .. adam.State().Select(s => s.Tensor.ToArray<float>())];
    }
}
