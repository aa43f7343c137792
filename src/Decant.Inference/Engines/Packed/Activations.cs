using Decant.Inference.Kernels;

namespace Decant.Inference.Engines.Packed;

/// <summary>What the layers of a network hand on for some rows; used again for the next texts.</summary>
/// <param name="sizes">Of the layers.</param>
/// <param name="turns">
/// 2 where workers share the rows: a worker that is ahead then writes the next layer's keys and values while the others still read this one's.
/// </param>
internal sealed unsafe class Activations(LayerSizes sizes, int turns = 1) : IDisposable
{
    private FloatMemory _memory = new(0);
    private int _rows;

    /// <summary>Hidden states, [rows, <see cref="LayerSizes.HiddenStride"/>].</summary>
    public float* Hidden => _memory.Start;

    /// <summary>What attention gathers, of the same shape.</summary>
    public float* Context => Hidden + (nint)_rows * sizes.HiddenStride;

    /// <summary>Queries, keys and values side by side, [rows, <see cref="LayerSizes.ProjectedStride"/>].</summary>
    /// <param name="layer">The layer, from 0.</param>
    public float* Projected(int layer) => Context + (nint)_rows * (sizes.HiddenStride + layer % turns * sizes.ProjectedStride);

    /// <summary>Makes room.</summary>
    /// <param name="rows">Rows that will be used.</param>
    public void Require(int rows)
    {
        if (rows <= _rows) return;
        _memory.Dispose();
        _rows = (rows + 63) / 64 * 64;
        _memory = new FloatMemory((nint)_rows * (2 * sizes.HiddenStride + turns * sizes.ProjectedStride));
    }

    public void Dispose() => _memory.Dispose();
}
