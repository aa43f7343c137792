using Decant.Torch;

namespace Decant.Export.Running.Operators;

/// <summary>Element by element, and matrix products.</summary>
internal static class ArithmeticOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } = new Dictionary<string, OnnxOperator>
    {
        ["Add"] = (_, x) => [x[0] + x[1]],
        ["Sub"] = (_, x) => [x[0] - x[1]],
        ["Mul"] = (_, x) => [x[0] * x[1]],
        ["Div"] = (_, x) => [x[0] / x[1]],
        ["Sqrt"] = (_, x) => [x[0].Sqrt()],
        ["Exp"] = (_, x) => [x[0].Exp()],
        ["Erf"] = (_, x) => [x[0].Erf()],
        ["MatMul"] = (_, x) => [x[0].MatMul(x[1])],
    };
}
