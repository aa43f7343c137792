using Decant.Torch.Optim;
using Decant.Torch.Random;

namespace Decant.Torch.Tests.Optim;

public sealed class MomentRowsTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    // Rows 3 and 8000 have moments when the state is taken; 5 gets its first gradient after it.
    [Fact]
    public void The_state_of_a_table_holds_the_rows_that_got_a_gradient()
    {
        Tensor table = Table(), copy = table.Clone();
        table.RequiresGrad = true;
        using Adam adam = new([("words", table)], AdamOptions.BertAdam), resumed = new([("words", copy)], AdamOptions.BertAdam);
        static void Step(Adam by, Tensor of, params long[] rows)
        {
            (of.LookUp(Tensor.From(rows, rows.Length)) * 0.5).Square().Sum().Backward();
            by.Step(0.01);
            by.ZeroGrad();
        }
        Assert.Equal([[9000], [0, 2], [0, 2]], adam.State().Select(s => s.Tensor.Shape.ToArray()));
        Step(adam, table, 8000);
        Step(adam, table, 3, 8000);
        Assert.Equal(["exp_avg_rows.words", "exp_avg.words", "exp_avg_sq.words"], adam.State().Select(s => s.Name));
        Assert.Equal([[9000], [2, 2], [2, 2]], adam.State().Select(s => s.Tensor.Shape.ToArray()));
        int[] places = adam.State().First().Tensor.ToArray<int>();
        Assert.Equal((0, 1, -1), (places[8000], places[3], places[5]));

        copy.CopyFrom(table.Detach()).RequiresGrad = true;
        foreach (((_, Tensor to), (_, Tensor from)) in resumed.State().Zip(adam.State())) to.CopyFrom(from);
        foreach ((Adam by, Tensor of) in ((Adam, Tensor)[])[(adam, table), (resumed, copy)])
        {
            Step(by, of, 5, 3);
            Step(by, of, 8000);
        }
        Assert.Equal(table.ToArray<float>(), copy.ToArray<float>());
        Assert.All(adam.State().Zip(resumed.State()), s => Assert.Equal(s.First.Tensor.ToArray<double>(), s.Second.Tensor.ToArray<double>()));
    }

    [Theory]
    [InlineData(9000, "1 from -1 to 9000")]
    [InlineData(1, "1 from -1 to 1")]  // a row that gets its first gradient would find no room
    [InlineData(-2, "1 from -2 to -1")]
    public void Impossible_places_are_refused(int place, string told)
    {
        using var adam = new Adam([("words", Table())], AdamOptions.BertAdam);
        adam.State().First().Tensor.Span<int>()[17] = place;
        Assert.Equal($"The moments of a table with 9000 rows are not in their places, which are {told}: the checkpoint is damaged.",
            Assert.Throws<DecantException>(() => adam.State().Count()).Message);
    }

    private static Tensor Table()
    {
        Tensor table = Tensor.Empty([9000, 2]);
        new RandomStream(1, "table").FillNormal(table.Span<float>(), 1);
        return table;
    }
}
