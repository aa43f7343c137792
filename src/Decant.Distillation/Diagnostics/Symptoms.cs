using Decant.Torch;
using Decant.Torch.Diagnostics;

namespace Decant.Distillation.Diagnostics;

/// <summary>What <see cref="Remedies"/> judges: facts and figures, however they were obtained.</summary>
internal sealed record Symptoms
{
    public BlasLibrary? Blas { get; init; }

    /// <summary>Whether the processor has AVX-512 (F, BW, CD, DQ and VL).</summary>
    public bool HasAvx512 { get; init; }

    public required int Cores { get; init; }

    public required int Threads { get; init; }

    public double? LoadAverage { get; init; }

    public int CudaDevices { get; init; }

    public IReadOnlyList<string> Gpus { get; init; } = [];

    public string? WaitPolicy { get; init; }

    public string? SpinCount { get; init; }

    public string? ThreadVariable { get; init; }

    public IReadOnlyList<SpeedFigure> Speeds { get; init; } = [];

    /// <summary>The measured speed on the CPU; null where it was not measured.</summary>
    public double? Speed(DType dtype, int threads) =>
        Speeds.FirstOrDefault(figure => figure.Device == "cpu" && figure.DType == dtype && figure.Threads == threads)?.GigaFlops;
}
