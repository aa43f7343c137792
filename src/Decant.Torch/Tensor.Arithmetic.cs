using Decant.Torch.Interop;

namespace Decant.Torch;

/// <summary>Element-wise arithmetic. Shapes broadcast.</summary>
public sealed partial class Tensor
{
    private static readonly Operator add = new("add", "Tensor"), addScalar = new("add", "Scalar"), addInPlace = new("add_", "Tensor");
    private static readonly Operator sub = new("sub", "Tensor"), rsub = new("rsub", "Scalar");
    private static readonly Operator mul = new("mul", "Tensor"), mulScalar = new("mul", "Scalar"), mulInPlace = new("mul_", "Scalar");
    private static readonly Operator div = new("div", "Tensor"), divScalar = new("div", "Scalar");
    private static readonly Operator neg = new("neg"), sqrt = new("sqrt"), abs = new("abs"), square = new("square"), exp = new("exp"), log = new("log"), erf = new("erf");
    private static readonly Operator clampMin = new("clamp_min"), zeroInPlace = new("zero_"), fillInPlace = new("fill_", "Scalar");
    private static readonly Operator maskedFill = new("masked_fill", "Scalar"), where = new("where", "self");
    private static readonly Operator lessEqual = new("le", "Scalar"), equalScalar = new("eq", "Scalar"), equalTensor = new("eq", "Tensor"), greater = new("gt", "Scalar");

    /// <summary>Sum of two tensors.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => add.Call(a, b);
    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor a, double b) => addScalar.Call(a, b);
    /// <summary>Difference of two tensors.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => sub.Call(a, b);
    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor a, double b) => addScalar.Call(a, -b);
    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double a, Tensor b) => rsub.Call(b, a);
    /// <summary>Element-wise product.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => mul.Call(a, b);
    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor a, double b) => mulScalar.Call(a, b);
    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(double a, Tensor b) => mulScalar.Call(b, a);
    /// <summary>Element-wise quotient.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => div.Call(a, b);
    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor a, double b) => divScalar.Call(a, b);
    /// <summary>Changes every sign.</summary>
    public static Tensor operator -(Tensor a) => neg.Call(a);

    /// <summary>Square root of every element.</summary>
    public Tensor Sqrt() => sqrt.Call(this);
    /// <summary>Absolute value of every element.</summary>
    public Tensor Abs() => abs.Call(this);
    /// <summary>Square of every element.</summary>
    public Tensor Square() => square.Call(this);
    /// <summary>e to the power of every element.</summary>
    public Tensor Exp() => exp.Call(this);
    /// <summary>Natural logarithm of every element.</summary>
    public Tensor Log() => log.Call(this);
    /// <summary>Error function of every element: 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public Tensor Erf() => erf.Call(this);

    /// <summary>Raises smaller elements to <paramref name="minimum"/>.</summary>
    /// <param name="minimum">The least value kept.</param>
    public Tensor ClampMin(double minimum) => clampMin.Call(this, minimum);

    /// <summary>True where an element is at most <paramref name="value"/>.</summary>
    /// <param name="value">The bound, included.</param>
    public Tensor LessOrEqual(double value) => lessEqual.Call(this, value);

    /// <summary>True where an element is above <paramref name="value"/>.</summary>
    /// <param name="value">The bound, not included.</param>
    public Tensor Greater(double value) => greater.Call(this, value);

    /// <summary>True where an element equals <paramref name="value"/>.</summary>
    /// <param name="value">A number that the element type can hold.</param>
    public Tensor EqualTo(long value) => equalScalar.Call(this, value);

    /// <summary>True where the elements are equal.</summary>
    /// <param name="other">Broadcast to this shape.</param>
    public Tensor EqualTo(Tensor other) => equalTensor.Call(this, other);

    /// <summary>Replaces the elements under a mask.</summary>
    /// <param name="mask">Bool, broadcast to this shape; true elements are replaced.</param>
    /// <param name="value">The new value.</param>
    public Tensor MaskedFill(Tensor mask, double value) => maskedFill.Call(this, mask, value);

    /// <summary>Takes elements from one tensor or the other.</summary>
    /// <param name="condition">Bool: true takes <paramref name="whenTrue"/>.</param>
    /// <param name="whenTrue">Used where true.</param>
    /// <param name="whenFalse">Used where false.</param>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse) => where.Call(condition, whenTrue, whenFalse);

    /// <summary>Adds <paramref name="scale"/> times another tensor to this one, in place.</summary>
    /// <param name="other">Broadcast to this shape.</param>
    /// <param name="scale">Its factor; default 1.</param>
    public Tensor AddInPlace(Tensor other, double scale = 1)
    {
        addInPlace.Run(this, other, scale);
        return this;
    }

    /// <summary>Multiplies by a number, in place.</summary>
    /// <param name="factor">The number.</param>
    public Tensor ScaleInPlace(double factor)
    {
        mulInPlace.Run(this, factor);
        return this;
    }

    /// <summary>Sets every element to 0, in place.</summary>
    public Tensor ZeroInPlace()
    {
        zeroInPlace.Run(this);
        return this;
    }

    /// <summary>Sets every element to a number, in place.</summary>
    /// <param name="value">The number.</param>
    public Tensor FillInPlace(double value)
    {
        fillInPlace.Run(this, value);
        return this;
    }
}
