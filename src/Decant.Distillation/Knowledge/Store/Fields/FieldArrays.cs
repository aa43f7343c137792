using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Fields;

/// <summary>What one field holds for a batch, as plain arrays that grow to the largest batch and are used again and again.</summary>
internal sealed class FieldArrays
{
    private float[] values = [], gathered = [];
    private int[] positions = [], ranks = [], indices = [];
    private bool[] kept = [];
    private int rows, count;

    /// <summary>Tokens of every row: the field's width in this batch.</summary>
    public int Width { get; private set; }

    /// <summary>Row-major numbers of the batch.</summary>
    public Span<float> Values => values.AsSpan(0, count);

    /// <summary>Positions of the tokens, [rows × <see cref="Width"/>].</summary>
    public Span<int> Positions => positions.AsSpan(0, rows * Width);

    /// <summary>In what order the tokens were chosen, [rows × <see cref="Width"/>].</summary>
    public Span<int> Ranks => ranks.AsSpan(0, rows * Width);

    /// <summary>Which numbers were kept, as many as <see cref="Values"/>.</summary>
    public Span<bool> Kept => kept.AsSpan(0, count);

    /// <summary>Makes room for a batch; everything is 0.</summary>
    /// <param name="rows">Sequences.</param>
    /// <param name="width">Tokens of every row.</param>
    /// <param name="size">Numbers of a token.</param>
    /// <param name="withKept">Whether <see cref="Kept"/> is used.</param>
    public void Shape(int rows, int width, int size, bool withKept = false)
    {
        (this.rows, Width, count) = (rows, width, checked(rows * width * size));
        Room(ref values, count).Clear();
        Room(ref positions, rows * width);
        Room(ref ranks, rows * width);
        if (withKept) Room(ref kept, count).Clear();
    }

    /// <summary>Takes the numbers of a tensor over.</summary>
    public void TakeValues(Tensor tensor)
    {
        using var scope = new TensorScope();
        tensor.To(DType.Float32).To(Device.Cpu).Contiguous().Span<float>().CopyTo(Values);
    }

    /// <summary>Takes the mask of kept numbers over.</summary>
    public void TakeKept(Tensor mask)
    {
        using var scope = new TensorScope();
        mask.To(Device.Cpu).Contiguous().Span<bool>().CopyTo(Kept);
    }

    /// <summary>Room for indices of one row.</summary>
    public Span<int> Indices(int size) => Room(ref indices, size);

    /// <summary>Room for the kept numbers of one row.</summary>
    public Span<float> Gathered(int size) => Room(ref gathered, size);

    private static Span<T> Room<T>(ref T[] array, int size)
    {
        if (array.Length < size) array = new T[size];
        return array.AsSpan(0, size);
    }
}
