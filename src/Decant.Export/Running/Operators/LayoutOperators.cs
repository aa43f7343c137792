using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Running.Operators;

/// <summary>Shapes, parts, look-ups and element types.</summary>
internal static class LayoutOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } = new Dictionary<string, OnnxOperator>
    {
        ["Cast"] = (node, x) => [x[0].To(ElementTypes.Of(node.Integer("to", 0)))],
        ["Concat"] = (node, x) => [Tensor.Concat(x, node.Integer("axis", 0))],
        ["Gather"] = Gather,
        ["Reshape"] = Reshape,
        ["Shape"] = (_, x) => [Tensor.From(x[0].Shape, x[0].Rank)],
        ["Slice"] = Slice,
        ["Squeeze"] = (_, x) => [Axes(x[1], x[0].Rank).OrderDescending().Aggregate(x[0], (tensor, axis) => tensor.Squeeze(axis))],
        ["Transpose"] = (node, x) => [x[0].Permute(node.Integers("perm") ?? [.. Enumerable.Range(0, x[0].Rank).Reverse().Select(i => (long)i)])],
        ["Unsqueeze"] = (_, x) => [Axes(x[1], x[0].Rank + (int)x[1].Count).Order().Aggregate(x[0], (tensor, axis) => tensor.Unsqueeze(axis))],
    };

    private static Tensor[] Gather(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        if (node.Integer("axis", 0) != 0) throw new DecantException($"{node.Name} looks up along another axis than the first, which is not computed here.");
        Tensor rows = x[0].IndexSelect(0, x[1].Reshape(-1));
        return [rows.Reshape([.. x[1].Shape, .. x[0].Shape[1..]])];
    }

    // 0 keeps a size; −1 is left to libtorch.
    private static Tensor[] Reshape(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        long[] sizes = x[1].ToArray<long>();
        for (int i = 0; i < sizes.Length; i++)
            if (sizes[i] == 0) sizes[i] = x[0].Size(i);
        return [x[0].Reshape(sizes)];
    }

    private static Tensor[] Slice(OnnxNode node, IReadOnlyList<Tensor> x)
    {
        if (x.Count != 4) throw new DecantException($"{node.Name} slices without axes or with steps, which is not computed here.");
        long[] starts = x[1].ToArray<long>(), ends = x[2].ToArray<long>(), axes = Axes(x[3], x[0].Rank);
        Tensor part = x[0];
        for (int i = 0; i < axes.Length; i++)
        {
            long size = part.Size((int)axes[i]), start = Bound(starts[i], size), end = Bound(ends[i], size);
            part = part.Narrow(axes[i], start, Math.Max(0, end - start));
        }
        return [part];
    }

    private static long Bound(long index, long size) => Math.Clamp(index < 0 ? index + size : index, 0, size);

    private static long[] Axes(Tensor axes, int rank) => Array.ConvertAll(axes.ToArray<long>(), axis => axis < 0 ? axis + rank : axis);
}
