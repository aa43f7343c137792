namespace Decant.Torch.Serialization;

/// <summary>Does what the allowed globals of a PyTorch pickle ask for, after checking every argument.</summary>
internal sealed class TensorBuilder(string file)
{
    private const int MaxCopiedPairs = 1_000_000;

    private int _copiedPairs;

    /// <summary>Calls a global: the only calls that an unpickler of ours can make.</summary>
    public object Call(PickleGlobal global, object?[] arguments) => global.Kind switch
    {
        PickleGlobalKind.OrderedDict => OrderedDict(arguments),
        PickleGlobalKind.Size => arguments is [object?[] sizes] ? sizes : throw Wrong(global),
        PickleGlobalKind.RebuildTensor => Tensor(global, arguments),
        PickleGlobalKind.RebuildParameter => arguments is [PickleTensor tensor, ..] ? tensor : throw Wrong(global),
        _ => throw new DecantException($"{file}: the pickle wants to call `{global.Name}`, which in a checkpoint is a type and not a function. Nothing was run."),
    };

    /// <summary>The storage of a persistent id: <c>('storage', type, key, location, elements[, view])</c>.</summary>
    public PickleStorage Storage(object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not string kind)
            throw new DecantException($"{file} is damaged: its pickle refers to a storage by something that is not a storage's id.");
        if (kind == "module")
            throw new DecantException($"{file} holds a whole Python module, not its weights. Load it in Python, if you trust its source, and save model.state_dict().");
        if (kind != "storage" || parts is not [_, PickleGlobal { DType: { } dtype }, string key, _, long elements, ..])
            throw new DecantException($"{file} is damaged: its pickle refers to a storage by an id of an unknown form.");
        var whole = new PickleStorage(key, dtype, elements, elements, 0);
        if (elements < 0 || elements > long.MaxValue / 8)
            throw new DecantException($"{file} is damaged: its storage '{key}' would have {elements} elements.");
        if (parts.Length < 6 || parts[5] is null) return whole;
        // Before PyTorch 0.4 a storage could be a part of another.
        if (parts[5] is not object?[] { Length: 3 } view || view[1] is not long offset || view[2] is not long size
            || offset < 0 || size < 0 || offset > elements || size > elements - offset)
            throw new DecantException($"{file} is damaged: its storage '{key}' is a view outside of the storage.");
        return whole with { Elements = size, Offset = offset };
    }

    private PickleTensor Tensor(PickleGlobal global, object?[] arguments)
    {
        if (arguments.Length < 4 || arguments[0] is not PickleStorage storage || arguments[1] is not long offset
            || Integers(arguments[2]) is not { } shape || Integers(arguments[3]) is not { } strides)
            throw Wrong(global);
        if (shape.Length != strides.Length || !TensorSize.TryCount(shape, out long elements))
            throw new DecantException($"{file} is damaged: its pickle describes a tensor of an impossible shape.");
        // The last element must lie in the storage: 128 bits, since sizes and strides are the file's word.
        Int128 last = offset;
        for (int d = 0; d < shape.Length; d++)
        {
            if (strides[d] < 0) last = Int128.MaxValue;
            if (last < long.MaxValue && elements > 0) last += (Int128)(shape[d] - 1) * strides[d];
        }
        if (offset < 0 || last >= (elements > 0 ? storage.Elements : (Int128)storage.Elements + 1))
            throw new DecantException($"{file} is damaged: its pickle describes a tensor [{string.Join(", ", shape)}] that reaches outside of its storage '{storage.Key}'.");
        return new PickleTensor(storage, offset, shape, strides);
    }

    private PickleDict OrderedDict(object?[] arguments)
    {
        var dict = new PickleDict();
        if (arguments.Length == 0) return dict;
        if (arguments is not [List<object?> pairs])
            throw new DecantException($"{file} is damaged: its pickle builds a dictionary from something that is not a list of pairs.");
        // The same list may be given again and again, which costs the file a few bytes and us a copy.
        if ((_copiedPairs += pairs.Count) > MaxCopiedPairs)
            throw new DecantException($"{file}: its pickle builds dictionaries from lists of more than {MaxCopiedPairs} pairs in all. No checkpoint needs so many; it is damaged or made to do harm.");
        foreach (object? pair in pairs)
        {
            var (key, value) = pair switch
            {
                List<object?> and [var k, var v] => (k, v),
                object?[] and [var k, var v] => (k, v),
                _ => throw new DecantException($"{file} is damaged: its pickle builds a dictionary from something that is not a list of pairs."),
            };
            dict.Items.Add(new(key, value));
        }
        return dict;
    }

    private static long[]? Integers(object? value)
    {
        if (value is not object?[] { Length: <= TensorSize.MaxDimensions } items || !items.All(x => x is long)) return null;
        return [.. items.Cast<long>()];
    }

    private DecantException Wrong(PickleGlobal global) =>
        new($"{file} is damaged: its pickle calls `{global.Name}` with arguments of another kind than PyTorch writes.");
}
