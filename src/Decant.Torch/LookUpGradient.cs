namespace Decant.Torch;

/// <summary>The look-up of rows in a parameter table, and its gradient as those rows.</summary>
internal sealed class LookUpGradient : GradientFunction
{
    private readonly Tensor table, ids;
    private readonly long paddingIndex;

    private LookUpGradient(Tensor table, Tensor ids, long paddingIndex) => (this.table, this.ids, this.paddingIndex) = (table, Keep(ids), paddingIndex);

    /// <summary>The rows, [… ids, width], recorded.</summary>
    /// <param name="table">[entries, width]</param>
    /// <param name="ids">Int64, any shape.</param>
    /// <param name="paddingIndex">An id that gets no gradient; −1 for none.</param>
    public static Tensor Of(Tensor table, Tensor ids, long paddingIndex)
    {
        Tensor value;
        using (GradMode.Off()) value = table.Embedding(ids, paddingIndex);
        return new LookUpGradient(table, ids, paddingIndex).Attach(value, table);
    }

    protected override Tensor?[] Backward(Tensor grad)
    {
        table.AddRowGrad(RowGradient.Sum(ids, grad, paddingIndex));
        return [null];
    }
}
