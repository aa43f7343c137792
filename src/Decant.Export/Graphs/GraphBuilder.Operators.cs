using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>The operators that models are made of. Shapes broadcast as in NumPy.</summary>
internal sealed partial class GraphBuilder
{
    public Value MatMul(Value a, Value b) => Alike("MatMul", a, b);

    public Value Add(Value a, Value b) => Alike("Add", a, b);

    public Value Sub(Value a, Value b) => Alike("Sub", a, b);

    public Value Mul(Value a, Value b) => Alike("Mul", a, b);

    public Value Div(Value a, Value b) => Alike("Div", a, b);

    public Value Tanh(Value x) => Node("Tanh", x.DType, [x]);

    public Value Relu(Value x) => Node("Relu", x.DType, [x]);

    public Value Sqrt(Value x) => Node("Sqrt", x.DType, [x]);

    public Value Exp(Value x) => Node("Exp", x.DType, [x]);

    /// <summary>x Φ(x), written as x / √2, erf, + 1, × x, × ½: the form that runtimes fuse to one operator.</summary>
    public Value Gelu(Value x)
    {
        Value erf = Node("Erf", x.DType, [Div(x, Number(Math.Sqrt(2), x.DType))]);
        return Mul(Mul(x, Add(erf, Number(1, x.DType))), Number(0.5, x.DType));
    }

    /// <summary>Softmax over the last axis.</summary>
    public Value Softmax(Value x) => Node("Softmax", x.DType, [x], new OnnxAttribute("axis") { Integer = -1 });

    /// <summary>Logarithm of the softmax over the last axis.</summary>
    public Value LogSoftmax(Value x) => Node("LogSoftmax", x.DType, [x], new OnnxAttribute("axis") { Integer = -1 });

    /// <summary>Sum over the last axis.</summary>
    /// <param name="x">The values.</param>
    /// <param name="keepAxis">Keep the axis with size 1.</param>
    public Value Sum(Value x, bool keepAxis) => Node("ReduceSum", x.DType, [x, Integers(-1)], new OnnxAttribute("keepdims") { Integer = keepAxis ? 1 : 0 });

    /// <summary>Normalises the last axis; mean and variance are computed in single precision.</summary>
    public Value LayerNorm(Value x, Value weight, Value bias, double epsilon) => Node("LayerNormalization", x.DType, [x, weight, bias],
        new OnnxAttribute("axis") { Integer = -1 }, new OnnxAttribute("epsilon") { Number = (float)epsilon });

    /// <summary>Other sizes for the same elements; 0 keeps a size, −1 takes what is left.</summary>
    public Value Reshape(Value x, params long[] shape) => Reshape(x, Integers(shape));

    public Value Reshape(Value x, Value shape) => Node("Reshape", x.DType, [x, shape]);

    public Value Transpose(Value x, params long[] order) => Node("Transpose", x.DType, [x], new OnnxAttribute("perm") { Integers = order });

    /// <summary>Rows of a table by their numbers.</summary>
    public Value Gather(Value table, Value indices) => Node("Gather", table.DType, [table, indices], new OnnxAttribute("axis") { Integer = 0 });

    /// <summary>The elements from <paramref name="start"/> to before <paramref name="end"/> along an axis.</summary>
    public Value Slice(Value x, Value start, Value end, long axis) => Node("Slice", x.DType, [x, start, end, Integers(axis)]);

    /// <summary>Adds an axis of size 1.</summary>
    public Value Unsqueeze(Value x, long axis) => Node("Unsqueeze", x.DType, [x, Integers(axis)]);

    /// <summary>Drops an axis of size 1.</summary>
    public Value Squeeze(Value x, long axis) => Node("Squeeze", x.DType, [x, Integers(axis)]);

    /// <summary>The sizes of a value, as integers.</summary>
    public Value Shape(Value x) => Node("Shape", DType.Int64, [x]);

    /// <summary>Joins along an axis.</summary>
    public Value Concat(long axis, params ReadOnlySpan<Value> parts) => Node("Concat", parts[0].DType, parts, new OnnxAttribute("axis") { Integer = axis });

    /// <summary>The same values in another element type; itself when it has it.</summary>
    public Value Cast(Value x, DType dtype) =>
        x.DType == dtype ? x : Node("Cast", dtype, [x], new OnnxAttribute("to") { Integer = ElementTypes.Number(dtype) });

    /// <summary>Eight-bit values of a tensor, with the scale and zero point that its own smallest and largest value give.</summary>
    public (Value Values, Value Scale, Value ZeroPoint) DynamicQuantize(Value x)
    {
        Value[] parts = Nodes("DynamicQuantizeLinear", [Require(x, DType.Float32)], [DType.UInt8, DType.Float32, DType.UInt8]);
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>A product of eight-bit values less their zero points, summed in 32 bits.</summary>
    public Value MatMulInteger(Value a, Value b, Value aZero, Value bZero) => Node("MatMulInteger", DType.Int32, [a, b, aZero, bZero]);

    private Value Alike(string op, Value a, Value b) => a.DType == b.DType
        ? Node(op, a.DType, [a, b])
        : throw new InvalidOperationException($"{place}/{op}: '{a.Name}' is {a.DType} and '{b.Name}' is {b.DType}.");

    private Value Require(Value x, DType dtype) =>
        x.DType == dtype ? x : throw new InvalidOperationException($"{place}: '{x.Name}' is {x.DType}, and {dtype} is needed.");
}
