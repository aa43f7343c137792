namespace Decant.Torch.Serialization;

/// <summary>
/// Reads a Python pickle that may hold tensors and plain values: dictionaries, lists, tuples, numbers, strings, None.
/// Everything else that a pickle can ask for is refused by name, before anything is built from it. It never recurses,
/// so a deep pickle costs no stack; it never hashes or walks what it built, so shared values cost what they take in
/// the file; and its work is bounded by the length of the input.
/// </summary>
/// <param name="file">The file, for messages.</param>
/// <param name="storages">Takes note of every storage referred to; null where the pickle can hold no tensors.</param>
internal sealed class Unpickler(string file, SeenStorages? storages)
{
    /// <summary>Longest pickle that is read, in bytes. A BERT's takes some 50 kB: the weights lie outside of it.</summary>
    public const int MaxLength = 64 << 20;

    /// <summary>Most operations of a pickle. A tensor takes about 30.</summary>
    private const int MaxOperations = 4_000_000;

    private readonly TensorBuilder _builder = new(file);
    private readonly PickleStack _stack = new(file);
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>Reads one pickle up to its STOP; the input then stands behind it.</summary>
    public object? Read(ref PickleInput input)
    {
        for (int operations = 0; operations < MaxOperations; operations++)
        {
            var op = (PickleOp)input.Byte();
            if (op == PickleOp.Stop) return _stack.Pop();
            Step(op, ref input);
        }
        throw new DecantException($"{file}: its pickle has more than {MaxOperations} operations. No checkpoint needs so many; it is damaged or made to do harm.");
    }

    private void Step(PickleOp op, ref PickleInput input)
    {
        switch (op)
        {
            case PickleOp.Proto: if (input.Byte() is > 5 and var p) throw Damaged($"has the unknown protocol {p}"); break;
            case PickleOp.Frame: input.UInt64(); break;
            case PickleOp.Mark: _stack.Mark(); break;
            case PickleOp.Pop: _stack.PopValueOrMark(); break;
            case PickleOp.PopMark: _stack.PopToMark(); break;
            case PickleOp.Dup: _stack.Push(_stack.Peek()); break;

            case PickleOp.None: _stack.Push(null); break;
            case PickleOp.NewTrue: _stack.Push(true); break;
            case PickleOp.NewFalse: _stack.Push(false); break;
            case PickleOp.BinInt: _stack.Push((long)input.Int32()); break;
            case PickleOp.BinInt1: _stack.Push((long)input.Byte()); break;
            case PickleOp.BinInt2: _stack.Push((long)input.UInt16()); break;
            case PickleOp.Long1: _stack.Push(input.Integer(input.Byte())); break;
            case PickleOp.Long4: _stack.Push(input.Integer(input.UInt32())); break;
            case PickleOp.BinFloat: _stack.Push(input.BigEndianDouble()); break;
            case PickleOp.Int: _stack.Push(PickleText.Int(input.Line()) ?? throw Damaged("has a wrong INT")); break;
            case PickleOp.Long: _stack.Push(PickleText.Long(input.Line()) ?? throw Damaged("has a wrong LONG")); break;
            case PickleOp.Float: _stack.Push(PickleText.Float(input.Line()) ?? throw Damaged("has a wrong FLOAT")); break;
            case PickleOp.String: _stack.Push(PickleText.String(input.Line()) ?? throw Damaged("has a wrong STRING")); break;
            case PickleOp.Unicode: _stack.Push(PickleText.Unescape(input.Line())); break;
            case PickleOp.BinString: _stack.Push(input.Python2String(input.UInt32())); break;
            case PickleOp.ShortBinString: _stack.Push(input.Python2String(input.Byte())); break;
            case PickleOp.BinUnicode: _stack.Push(input.Utf8(input.UInt32())); break;
            case PickleOp.ShortBinUnicode: _stack.Push(input.Utf8(input.Byte())); break;
            case PickleOp.BinUnicode8: _stack.Push(input.Utf8(input.UInt64())); break;
            case PickleOp.BinBytes: _stack.Push(input.Take(input.UInt32()).ToArray()); break;
            case PickleOp.ShortBinBytes: _stack.Push(input.Take(input.Byte()).ToArray()); break;
            case PickleOp.BinBytes8: _stack.Push(input.Take(input.UInt64()).ToArray()); break;

            case PickleOp.EmptyTuple: _stack.Push(Array.Empty<object?>()); break;
            case PickleOp.Tuple1: _stack.Push(_stack.PopTuple(1)); break;
            case PickleOp.Tuple2: _stack.Push(_stack.PopTuple(2)); break;
            case PickleOp.Tuple3: _stack.Push(_stack.PopTuple(3)); break;
            case PickleOp.Tuple: _stack.Push(_stack.PopToMark()); break;
            case PickleOp.EmptyList: _stack.Push(new List<object?>()); break;
            case PickleOp.List: _stack.Push(new List<object?>(_stack.PopToMark())); break;
            case PickleOp.Append: Append(_stack.PopTuple(1)); break;
            case PickleOp.Appends: Append(_stack.PopToMark()); break;
            case PickleOp.EmptyDict: _stack.Push(new PickleDict()); break;
            case PickleOp.Dict: _stack.Push(SetItems(new PickleDict(), _stack.PopToMark())); break;
            case PickleOp.SetItem: SetItems(null, _stack.PopTuple(2)); break;
            case PickleOp.SetItems: SetItems(null, _stack.PopToMark()); break;

            case PickleOp.Put: Store(MemoKey(input.Line())); break;
            case PickleOp.BinPut: Store(input.Byte()); break;
            case PickleOp.LongBinPut: Store(input.UInt32()); break;
            case PickleOp.Memoize: Store(_memo.Count); break;
            case PickleOp.Get: Recall(MemoKey(input.Line())); break;
            case PickleOp.BinGet: Recall(input.Byte()); break;
            case PickleOp.LongBinGet: Recall(input.UInt32()); break;

            case PickleOp.Global: Global(input.Line(), input.Line()); break;
            case PickleOp.StackGlobal: StackGlobal(); break;
            case PickleOp.BinPersId: Storage(); break;
            case PickleOp.Reduce or PickleOp.NewObj: Call(); break;
            case PickleOp.Build: Build(); break;
            case PickleOp.Inst: Global(input.Line(), input.Line()); throw Damaged("makes an instance of a class (INST)");
            default: throw Refuse(op);
        }
    }

    private void Append(object?[] items)
    {
        if (_stack.Peek() is not List<object?> list) throw Damaged("appends to something that is not a list");
        list.AddRange(items);
    }

    private PickleDict SetItems(PickleDict? target, object?[] items)
    {
        target ??= _stack.Peek() as PickleDict ?? throw Damaged("sets an item of something that is not a dictionary");
        if (items.Length % 2 != 0) throw Damaged("has a key without a value");
        for (int i = 0; i < items.Length; i += 2) target.Items.Add(new(items[i], items[i + 1]));
        return target;
    }

    private void Store(long key)
    {
        // Python counts from 0. Wild keys could be chosen to collide in the table and take for ever.
        if (key > MaxOperations) throw Damaged($"stores a value under the number {key}");
        _memo[key] = _stack.Peek();
    }

    private void Recall(long key) =>
        _stack.Push(_memo.TryGetValue(key, out object? value) ? value : throw Damaged($"recalls the value {key}, which it has not stored"));

    private long MemoKey(string line) => PickleText.Long(line) is long key and >= 0 ? key : throw Damaged("has a wrong number of a stored value");

    private void StackGlobal()
    {
        if (_stack.PopTuple(2) is [string module, string name]) Global(module, name);
        else throw Damaged("names a global by something that is not text");
    }

    private void Global(string module, string name) => _stack.Push(PickleGlobal.Find(module, name) ?? throw ForeignGlobal.Error(file, module, name));

    private void Storage()
    {
        if (storages is null) throw Damaged("refers to a storage where none can be");
        PickleStorage storage = _builder.Storage(_stack.Pop());
        storages.Add(storage);
        _stack.Push(storage);
    }

    private void Call()
    {
        object?[] call = _stack.PopTuple(2);
        if (call is not [PickleGlobal global, object?[] arguments]) throw Damaged("calls something that is not a function");
        _stack.Push(_builder.Call(global, arguments));
    }

    /// <summary>PyTorch hangs version numbers (<c>_metadata</c>) on a state dict; they do not matter here.</summary>
    private void Build()
    {
        _stack.Pop();
        if (_stack.Peek() is not PickleDict) throw Damaged("sets the state of something that is not a dictionary (BUILD)");
    }

    private DecantException Refuse(PickleOp op) => Enum.IsDefined(op)
        ? new DecantException($"{file}: the pickle holds something other than tensors and plain values (opcode {op.ToString().ToUpperInvariant()}). Nothing was run. {ForeignGlobal.Remedy}")
        : Damaged($"has the unknown opcode 0x{(byte)op:x2}");

    private DecantException Damaged(string what) => new($"{file} is damaged: its pickle {what}.");
}
