namespace Decant.Torch.Interop;

/// <summary>
/// One ATen operator, found by name once and called through the boxed dispatcher.
/// Arguments that are left out at the end take the defaults of the operator's schema.
/// </summary>
internal sealed unsafe class Operator
{
    private readonly string name;
    private readonly nint handle;

    public Operator(string name, string overload = "")
    {
        this.name = name;
        Native.Check(Native.FindOperator("aten::" + name, overload, out handle), $"operator {name}.{overload}");
    }

    /// <summary>Calls an operator that returns one tensor.</summary>
    public Tensor Call(params ReadOnlySpan<NativeValue> args)
    {
        NativeValue result;
        if (Invoke(args, &result, 1) != 1 || !result.IsTensor) throw new TorchException($"{name} returned no tensor.");
        return new Tensor(result.Handle);
    }

    /// <summary>Calls an operator for its effect; what it returns (often its own argument) is freed.</summary>
    public void Run(params ReadOnlySpan<NativeValue> args)
    {
        NativeValue* results = stackalloc NativeValue[4];
        int count = Invoke(args, results, 4);
        for (int i = 0; i < count; i++)
            if (results[i].IsTensor) Native.Free(results[i].Handle);
    }

    /// <summary>Calls an operator that returns several tensors (a tuple or a list); absent ones are null.</summary>
    public Tensor?[] CallMany(int capacity, params ReadOnlySpan<NativeValue> args)
    {
        NativeValue* results = stackalloc NativeValue[capacity];
        var tensors = new Tensor?[Invoke(args, results, capacity)];
        for (int i = 0; i < tensors.Length; i++)
            if (results[i].IsTensor) tensors[i] = new Tensor(results[i].Handle);
        return tensors;
    }

    private int Invoke(ReadOnlySpan<NativeValue> args, NativeValue* results, int capacity)
    {
        fixed (NativeValue* p = args)
        {
            if (Native.Call(handle, p, args.Length, results, capacity, out int count) != 0) Native.Check(1, name);
            return count;
        }
    }
}
