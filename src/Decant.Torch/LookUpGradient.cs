namespace Decant.Torch;

/// <summary>The look-up of rows in a parameter table, and its gradient as those rows.</summary>
internal sealed class LookUpGradient(Tensor table, Tensor ids, long paddingIndex) : GradientFunction
{
    private readonly Tensor ids = TensorScope.Release(ids.Detach());

    /// <summary>The rows, [… ids, width], recorded.</summary>
    public Tensor Value()
    {
        Tensor value;
        using (GradMode.Off()) value = table.Embedding(ids, paddingIndex);
        return Attach(value, table);
    }

    protected override Tensor?[] Backward(Tensor grad)
    {
        table.AddRowGrad(RowGradient.Sum(ids, grad, paddingIndex));
        return [null];
    }

    protected override void Release() => ids.Dispose();
}
