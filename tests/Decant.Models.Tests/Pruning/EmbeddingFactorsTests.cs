using Decant.Models.Pruning;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Models.Tests.Pruning;

public class EmbeddingFactorsTests
{
    [Fact]
    public void A_table_of_low_rank_is_found_again()
    {
        using var scope = new TensorScope();
        Tensor table = Normal(1, 40, 3).MatMul(Normal(2, 3, 8));
        (Tensor words, Tensor projection) = EmbeddingFactors.Of(table, 3);
        Assert.Equal([40, 3], words.Shape);
        Assert.Equal([8, 3], projection.Shape);
        Assert.True((words.Linear(projection) - table).Abs().Max().ToScalar() < 1e-5);
    }

    [Fact]
    public void What_is_lost_is_what_the_smallest_singular_values_hold()
    {
        using var scope = new TensorScope();
        // Rows that are multiples of unit vectors: the singular values are known.
        float[] diagonal = [5, 4, 3, 2];
        var values = new float[6 * 4];
        for (int i = 0; i < 4; i++) values[i * 4 + i] = diagonal[i];
        Tensor table = Tensor.From(values, 6, 4);
        for (int rank = 1; rank <= 4; rank++)
        {
            (Tensor words, Tensor projection) = EmbeddingFactors.Of(table, rank);
            double lost = (words.Linear(projection) - table).Square().Sum().ToScalar();
            Assert.Equal(diagonal.Skip(rank).Sum(d => d * d), lost, 1e-5);
        }
    }

    [Fact]
    public void The_projection_is_orthonormal_and_its_signs_are_fixed()
    {
        using var scope = new TensorScope();
        (Tensor _, Tensor projection) = EmbeddingFactors.Of(Normal(3, 50, 6), 4);
        float[] product = projection.Transpose(0, 1).MatMul(projection).ToArray<float>();
        for (int i = 0; i < 16; i++) Assert.Equal(i % 5 == 0 ? 1 : 0, product[i], 1e-5);
        float[] columns = projection.Transpose(0, 1).ToArray<float>();
        foreach (float[] column in columns.Chunk(6)) Assert.True(column.MaxBy(Math.Abs) > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_rank_out_of_range_is_refused(int rank)
    {
        using var scope = new TensorScope();
        Tensor table = Normal(1, 20, 8);
        Assert.Equal($"A word table of width 8 can have a rank from 1 to 8, not {rank}.", Assert.Throws<DecantException>(() => EmbeddingFactors.Of(table, rank)).Message);
    }

    private static Tensor Normal(ulong seed, params ReadOnlySpan<long> shape)
    {
        Tensor values = Tensor.Empty(shape);
        new RandomStream(seed, "table").FillNormal(values.Span<float>(), 1);
        return values;
    }
}
